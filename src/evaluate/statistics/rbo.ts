import { checkCount, checkFraction, invalid } from "../../numbers/check.js";

/**
 * Extrapolated rank-biased overlap of two rankings, in [0, 1] (Webber, Moffat and Zobel, TOIS 28(4), 2010,
 * equation 32): the agreement at each depth, weighted by (1 − p)·p^(d−1), the agreement at the last depth
 * taken to go on below it. 1 for equal rankings; rankings may differ in length and in what they hold.
 *
 * @param first ids, best first, at least one, unique
 * @param second likewise
 * @param p in (0, 1), how deep to look: 0.9 puts 86 % of the weight on the top 10
 * @throws INVALID_OPTION
 */
export function rankBiasedOverlap(first: readonly string[], second: readonly string[], p = 0.9): number {
  checkRanking("first", first);
  checkRanking("second", second);
  checkFraction("p", p);
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  const s = short.length;
  const l = long.length;

  const inShort = new Set<string>();
  const inLong = new Set<string>();
  let overlap = 0;
  let overlapAtShort = 0;
  let weight = 1;
  let sum = 0;
  for (let d = 1; d <= l; d++) {
    weight *= p;
    const id = long[d - 1]!;
    inLong.add(id);
    if (inShort.has(id)) overlap++;
    if (d <= s) {
      const other = short[d - 1]!;
      inShort.add(other);
      if (inLong.has(other)) overlap++;
      overlapAtShort = overlap;
    }
    // Below the end of the shorter ranking its agreement there is taken to go on.
    const assumed = d > s ? (overlapAtShort * (d - s)) / s : 0;
    sum += ((overlap + assumed) / d) * weight;
  }
  const rest = (overlap - overlapAtShort) / l + overlapAtShort / s;
  return Math.min(1, ((1 - p) / p) * sum + rest * weight);
}

function checkRanking(field: string, ids: readonly string[]): void {
  checkCount(field, ids, 1);
  const seen = new Set<string>();
  for (const [i, id] of ids.entries()) {
    if (seen.has(id)) throw invalid(`${field}[${i}]`, id, "it stands higher up too; rank every id once.");
    seen.add(id);
  }
}
