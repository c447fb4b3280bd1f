import type { Check } from "./check.js";
import { calibration } from "./checks/calibration.js";
import { depth } from "./checks/depth.js";
import { domainShift } from "./checks/domain-shift.js";
import { duplicates } from "./checks/duplicates.js";
import { gain } from "./checks/gain.js";
import { judgmentCoverage } from "./checks/judgment-coverage.js";
import { latency } from "./checks/latency.js";
import { lengthBias } from "./checks/length-bias.js";
import { orderDependence } from "./checks/order-dependence.js";
import { recallCeiling } from "./checks/recall-ceiling.js";
import { ties } from "./checks/ties.js";
import { truncation } from "./checks/truncation.js";

/** All checks, what matters most first. */
export const CHECKS: readonly Check[] = [
  gain,
  recallCeiling,
  depth,
  truncation,
  latency,
  calibration,
  domainShift,
  lengthBias,
  duplicates,
  ties,
  orderDependence,
  judgmentCoverage,
];
