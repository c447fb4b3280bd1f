import { invalid } from "../numbers/check.js";
import type { Fault } from "./server/faults.js";
import type { MalformedClass, SimulatedJudge } from "./simulated-judge.js";
import type { Truth } from "./truth.js";

const FAULTS: Readonly<Record<Fault, true>> = {
  "rate-limit": true,
  quota: true,
  "server-error": true,
  unavailable: true,
  stall: true,
  "not-json": true,
  "wrong-json": true,
  drop: true,
  "cut-body": true,
};

const CLASSES: Readonly<Record<MalformedClass, true>> = {
  duplicates: true,
  gaps: true,
  prose: true,
  refusal: true,
  truncation: true,
  think: true,
  "error-text": true,
  empty: true,
  filtered: true,
};

/** @throws RankwrightError INVALID_OPTION */
export function checkTruth(truth: Truth): void {
  if (truth instanceof Map || typeof (truth as Partial<{ score: unknown }> | undefined)?.score === "function")
    return;
  throw invalid("truth", truth, "pass a Map of texts and scores, or { documents, score }.");
}

/** A test with a misspelt fault would test nothing. @throws RankwrightError INVALID_OPTION */
export function checkFaults(rates: object): void {
  checkRates("faults", rates, FAULTS);
}

/** @throws RankwrightError INVALID_OPTION */
export function checkJudges(judges: Readonly<Record<string, SimulatedJudge>>): void {
  for (const [name, { malformed = {} }] of Object.entries(judges))
    checkRates(`judges.${name}.malformed`, malformed, CLASSES);
}

function checkRates(field: string, rates: object, known: object): void {
  let sum = 0;
  for (const [name, rate] of Object.entries(rates)) {
    const at = `${field}.${name}`;
    if (!Object.hasOwn(known, name))
      throw invalid(at, rate, `there is none of this name; use ${Object.keys(known).join(", ")}.`);
    if (rate === undefined) continue;
    if (!(typeof rate === "number" && rate >= 0 && rate <= 1))
      throw invalid(at, rate, "pass a share from 0 to 1.");
    sum += rate;
  }
  if (sum > 1 + 1e-9) throw invalid(field, rates, "pass shares whose sum is at most 1.");
}
