import { checkFraction, checkNumbers } from "../../numbers/check.js";
import type { Interval } from "../../numbers/interval.js";
import { mean, standardDeviation } from "./describe.js";
import { studentTQuantile, twoSidedP } from "./student-t.js";

export interface PairedT {
  /** Mean difference, in the unit of the differences. */
  readonly mean: number;
  /** Sample standard deviation of the differences; NaN for one pair. */
  readonly sd: number;
  /** mean / (sd / √n); NaN for one pair; ±∞ where all differences are the same, 0 where all are 0. */
  readonly t: number;
  /** Degrees of freedom, n − 1. */
  readonly df: number;
  /** Two-sided, in [0, 1]: the chance of a |t| at least this large when the true mean difference is 0. */
  readonly p: number;
  /** Of the mean difference. */
  readonly interval: Interval;
}

/**
 * The paired t-test (Student, 1908) on one difference per query.
 *
 * Where the formula has no value: one pair says nothing (p is 1, the interval is unbounded); differences
 * that are all the same have no spread, so the interval is the point, and p is 1 if they are all 0 and 0
 * otherwise, the limit for a vanishing sd.
 *
 * @param differences system minus baseline, at least one, finite
 * @throws INVALID_OPTION
 */
export function pairedT(
  differences: ArrayLike<number>,
  { confidence = 0.95 }: { readonly confidence?: number | undefined } = {},
): PairedT {
  checkNumbers("differences", differences);
  checkFraction("confidence", confidence);
  const m = mean(differences);
  const sd = standardDeviation(differences);
  const df = differences.length - 1;
  if (df === 0)
    return { mean: m, sd, t: Number.NaN, df, p: 1, interval: { lower: -Infinity, upper: Infinity } };
  const error = sd / Math.sqrt(differences.length);
  const t = m === 0 ? 0 : m / error;
  const reach = error * studentTQuantile((1 + confidence) / 2, df);
  return { mean: m, sd, t, df, p: twoSidedP(t, df), interval: { lower: m - reach, upper: m + reach } };
}
