import { quantileOfSorted } from "../statistics/quantile.js";
import { countBelow } from "./separation.js";

const BINS = 10;
/** Stands in for an empty bin, whose logarithm would be infinite. */
const EMPTY = 1e-4;

/**
 * Population stability index of a sample against a reference: Σ (a − e)·ln(a / e) over the shares of both in
 * bins that each hold a tenth of the reference. Two samples of one distribution have about
 * (bins − 1)·(1/n + 1/m), which is taken off; below .1 is stable, above .25 a shift.
 *
 * @param sample ascending, at least one
 * @param reference ascending, at least one
 * @returns at least 0
 */
export function stabilityIndex(sample: Float64Array, reference: Float64Array): number {
  const edges = Array.from({ length: BINS - 1 }, (_, i) => quantileOfSorted(reference, (i + 1) / BINS));
  const actual = sharesBetween(edges, sample);
  const expected = sharesBetween(edges, reference);
  const index = actual.reduce((sum, a, bin) => {
    const e = Math.max(expected[bin]!, EMPTY);
    const filled = Math.max(a, EMPTY);
    return sum + (filled - e) * Math.log(filled / e);
  }, 0);
  return Math.max(0, index - (BINS - 1) * (1 / sample.length + 1 / reference.length));
}

/** Largest distance between the two distribution functions (Kolmogorov and Smirnov), in [0, 1]. */
export function largestDistance(sample: Float64Array, reference: Float64Array): number {
  const at = (sorted: Float64Array, value: number) => countBelow(sorted, value, true) / sorted.length;
  let distance = 0;
  for (const sorted of [sample, reference]) {
    for (const value of sorted) {
      distance = Math.max(distance, Math.abs(at(sample, value) - at(reference, value)));
    }
  }
  return distance;
}

function sharesBetween(edges: readonly number[], sorted: Float64Array): number[] {
  const below = [...edges.map((edge) => countBelow(sorted, edge, true)), sorted.length];
  return below.map((n, bin) => (n - (below[bin - 1] ?? 0)) / sorted.length);
}
