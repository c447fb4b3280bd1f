import { checkFraction, checkNumbers } from "../../numbers/check.js";

/**
 * Split-conformal threshold for recall: the ⌊(n + 1)·α⌋-th smallest score of n relevant items. A further
 * relevant item, exchangeable with these, scores at least as much with probability 1 − α or more (Vovk,
 * Gammerman and Shafer, 2005).
 *
 * @param positiveScores of relevant items, at least one, finite; not those the scores were calibrated on
 * @param alpha tolerated share of relevant items lost, in (0, 1)
 * @returns −∞ (keep all) where n is too small for α, that is (n + 1)·α < 1
 * @throws INVALID_OPTION
 */
export function conformalThreshold(positiveScores: ArrayLike<number>, alpha: number): number {
  checkNumbers("positiveScores", positiveScores);
  checkFraction("alpha", alpha);
  const n = positiveScores.length;
  // 100 · 0.29 is 28.999999999999996 in floating point and means 29.
  const index = Math.min(n, Math.floor((n + 1) * alpha * (1 + 4 * Number.EPSILON)));
  if (index === 0) return Number.NEGATIVE_INFINITY;
  return Float64Array.from(positiveScores).sort()[index - 1]!;
}
