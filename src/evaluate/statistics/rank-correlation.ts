import { checkNumbers, checkSameLength } from "../../numbers/check.js";
import { mean } from "./describe.js";

/**
 * Kendall's τ-b (1945), in [−1, 1]: concordant minus discordant pairs over the geometric mean of the pairs
 * untied in each variable. Counts by merge sort (Knight, 1966), O(n log n).
 *
 * @param x at least two finite numbers
 * @param y as many
 * @returns undefined where one variable is constant
 * @throws INVALID_OPTION
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  checkPair(x, y);
  const n = x.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const tiedInX = tiedPairs(n, (i) => x[order[i]!] === x[order[i - 1]!]);
  const tiedInBoth = tiedPairs(
    n,
    (i) => x[order[i]!] === x[order[i - 1]!] && y[order[i]!] === y[order[i - 1]!],
  );
  const sorted = Float64Array.from(order, (i) => y[i]!);
  const discordant = sortCountingInversions(sorted);
  const tiedInY = tiedPairs(n, (i) => sorted[i] === sorted[i - 1]);
  const pairs = (n * (n - 1)) / 2;
  if (tiedInX === pairs || tiedInY === pairs) return undefined;
  const excess = pairs - tiedInX - tiedInY + tiedInBoth - 2 * discordant;
  return clip(excess / Math.sqrt((pairs - tiedInX) * (pairs - tiedInY)));
}

/**
 * Spearman's ρ (1904), in [−1, 1]: Pearson's correlation of the ranks, tied values sharing the mean of
 * theirs. Parameters, undefined and errors as for `kendallTau`.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  checkPair(x, y);
  return pearson(midRanks(x), midRanks(y));
}

/** Pearson's linear correlation, in [−1, 1]. Parameters, undefined and errors as for `kendallTau`. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  checkPair(x, y);
  const u = unitVector(x);
  const v = unitVector(y);
  return u && v && clip(u.reduce((sum, value, i) => sum + value * v[i]!, 0));
}

/** Ranks from 1 in ascending order; equal values share the mean of their ranks. @throws INVALID_OPTION */
export function midRanks(values: ArrayLike<number>): Float64Array {
  checkNumbers("values", values);
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let k = start; k < end; k++) ranks[order[k]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

function checkPair(x: ArrayLike<number>, y: ArrayLike<number>): void {
  checkNumbers("x", x, 2);
  checkSameLength("y", y, x, "x");
  checkNumbers("y", y, 2);
}

/** Pairs within runs of equal items; `same(i)` tells whether item i equals item i − 1. */
function tiedPairs(n: number, same: (i: number) => boolean): number {
  let pairs = 0;
  let before = 0;
  for (let i = 1; i < n; i++) {
    before = same(i) ? before + 1 : 0;
    pairs += before;
  }
  return pairs;
}

/** Sorts in ascending order by bottom-up merging and counts the pairs that stood the wrong way round. */
function sortCountingInversions(values: Float64Array): number {
  let inversions = 0;
  const merged = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        if (right === end || (left < middle && values[left]! <= values[right]!)) {
          merged[k] = values[left++]!;
        } else {
          inversions += middle - left;
          merged[k] = values[right++]!;
        }
      }
    }
    values.set(merged);
  }
  return inversions;
}

/** The values less their mean, scaled to length 1; undefined for a constant. */
function unitVector(values: ArrayLike<number>): Float64Array | undefined {
  let scale = 0;
  for (let i = 1; i < values.length; i++) scale = Math.max(scale, Math.abs(values[i]! - values[0]!));
  if (scale === 0) return undefined;
  const m = mean(values);
  // Scaled before squaring, so that neither tiny nor huge values leave the range of numbers.
  const centred = Float64Array.from(values, (value) => (value - m) / scale);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / length);
}

function clip(correlation: number): number {
  return Math.max(-1, Math.min(1, correlation));
}
