import type { Interval } from "../../numbers/interval.js";
import { normalQuantile } from "../../numbers/normal.js";
import { checkTrials } from "./check-trials.js";

/**
 * Wilson's score interval (JASA 22, 1927) of a proportion, without continuity correction: two-sided, so each
 * end alone holds with (1 + confidence)/2 of the chance. Its coverage is `confidence` on the average over
 * proportions, and may fall a little short of it for single ones.
 *
 * @param successes whole, from 0 to `trials`
 * @param trials whole, at least 1
 * @throws INVALID_OPTION
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  checkTrials(successes, trials, confidence);
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / shrink;
  const reach = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + (z / (2 * trials)) ** 2);
  return {
    lower: successes === 0 ? 0 : centre - reach,
    upper: successes === trials ? 1 : centre + reach,
  };
}
