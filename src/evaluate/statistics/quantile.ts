import { checkNumbers, invalid } from "../../numbers/check.js";

/**
 * The q-quantile of at least one finite number, q in [0, 1]: type 7 of Hyndman and Fan (1996), the linear
 * interpolation at position q·(n − 1) of the sorted values. @throws INVALID_OPTION
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  checkNumbers("values", values);
  if (!(q >= 0 && q <= 1)) throw invalid("q", q, "pass a number from 0 to 1, such as 0.5 for the median.");
  return quantileOfSorted(Float64Array.from(values).sort(), q);
}

/** `quantile` of values that are known to be finite, in ascending order and at least one; unchecked. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
