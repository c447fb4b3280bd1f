import { MATCH_WIDTH } from "./find-matches.js";
import type { QueryTerms } from "./query-terms.js";

/**
 * Which share, in [0, 1], of the query's neighbouring word pairs stand side by side in the text too. A pair
 * weighs what its lighter word weighs; an exact phrase gives 1.
 */
export function phraseShare(places: Int32Array, terms: QueryTerms, weights: readonly number[]): number {
  const size = terms.ids.size;
  const pairWeight = (pair: number) => Math.min(weights[Math.floor(pair / size)]!, weights[pair % size]!);
  let total = 0;
  for (const pair of terms.neighbours) total += pairWeight(pair);
  if (total === 0) return 0;

  let found = 0;
  const seen = new Set<number>();
  for (let i = MATCH_WIDTH; i < places.length; i += MATCH_WIDTH) {
    const position = places[i + 1]!;
    // A character and its pair with the one before share a position, so there may be two neighbours.
    for (let j = i - MATCH_WIDTH; j >= 0 && places[j + 1]! >= position - 1; j -= MATCH_WIDTH) {
      const pair = places[j]! * size + places[i]!;
      if (places[j + 1] === position || seen.has(pair) || !terms.neighbours.has(pair)) continue;
      seen.add(pair);
      found += pairWeight(pair);
    }
  }
  return found / total;
}
