import { checkNumbers, invalid } from "../../numbers/check.js";

/**
 * Holm's step-down adjustment (1979) of the p-values of one family of tests: comparing each with α keeps
 * the chance of any false rejection below α. The k-th smallest of m is multiplied by m − k + 1, capped at 1
 * and never below a smaller one's.
 *
 * @param pValues at least one, each in [0, 1]
 * @returns adjusted p-values in the order of the input
 * @throws INVALID_OPTION
 */
export function holm(pValues: ArrayLike<number>): number[] {
  checkNumbers("pValues", pValues);
  const values = Array.from(pValues);
  for (const [i, p] of values.entries())
    if (p < 0 || p > 1) throw invalid(`pValues[${i}]`, p, "pass numbers from 0 to 1.");
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const adjusted = new Array<number>(values.length);
  let least = 0;
  for (const [k, i] of order.entries()) {
    least = Math.min(1, Math.max(least, (values.length - k) * values[i]!));
    adjusted[i] = least;
  }
  return adjusted;
}
