import { checkFraction, checkNumbers, checkWhole } from "../../numbers/check.js";
import type { Interval } from "../../numbers/interval.js";
import { Random } from "../../numbers/random.js";
import { quantileOfSorted } from "./quantile.js";

/**
 * Percentile bootstrap interval of a mean (Efron, 1979): queries are drawn with replacement, the interval
 * spans the middle `confidence` of the means of the resamples.
 *
 * @param values one per query, at least one, finite; for a mean difference, the differences
 * @throws INVALID_OPTION
 */
export function bootstrapMean(
  values: ArrayLike<number>,
  {
    confidence = 0.95,
    resamples = 10_000,
    seed = 0,
  }: {
    readonly confidence?: number | undefined;
    readonly resamples?: number | undefined;
    readonly seed?: number | undefined;
  } = {},
): Interval {
  checkNumbers("values", values);
  checkFraction("confidence", confidence);
  checkWhole("resamples", resamples, 1, 10_000_000);
  const sample = Float64Array.from(values);
  const n = sample.length;
  const random = new Random(seed);
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += sample[random.int(n)]!;
    means[b] = sum / n;
  }
  means.sort();
  const outside = (1 - confidence) / 2;
  return { lower: quantileOfSorted(means, outside), upper: quantileOfSorted(means, 1 - outside) };
}
