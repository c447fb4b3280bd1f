import type { Qrels } from "../collection/qrels.js";
import type { Measure } from "../measures/measure.js";
import { measureRun } from "../measures/measure-run.js";
import { outcomeRun } from "./outcome-run.js";
import type { QueryOutcome } from "./query-outcome.js";

/** The measure's mean when only the first N candidates are re-ranked, for each N. */
export function depthCurve(
  outcomes: readonly QueryOutcome[],
  qrels: Qrels,
  measure: Measure,
  depths: readonly number[],
): readonly number[] {
  return depths.map((depth) => {
    const { means } = measureRun(outcomeRun("at depth", outcomes, depth), qrels, [measure]);
    return means.get(measure.name) as number;
  });
}
