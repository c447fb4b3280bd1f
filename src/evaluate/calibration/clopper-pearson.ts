import type { Interval } from "../../numbers/interval.js";
import { betaQuantile } from "../statistics/beta.js";
import { checkTrials } from "./check-trials.js";

/**
 * The exact interval of a proportion by Clopper and Pearson (Biometrika 26, 1934): two-sided, never covers
 * less than `confidence`, and is wider than Wilson's.
 *
 * @param successes whole, from 0 to `trials`
 * @param trials whole, at least 1
 * @throws INVALID_OPTION
 */
export function clopperPearsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  checkTrials(successes, trials, confidence);
  const outside = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    lower: successes === 0 ? 0 : betaQuantile(outside, successes, failures + 1),
    upper: failures === 0 ? 1 : betaQuantile(1 - outside, successes + 1, failures),
  };
}
