import type { Item } from "../comparisons/comparison.js";
import type { Ranking } from "../comparisons/ranking.js";
import { type PlacedRanking, placeRankings } from "../comparisons/ranking-table.js";
import { ranked, type ScoredItem } from "../comparisons/scored-item.js";

/**
 * Borda's count: the share of the others that an item is ranked before, over all rankings it is in, best
 * first. `score` is in [0, 1], and 0.5 for items in no ranking. Of full rankings that is the order of mean
 * ranks.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function borda<T extends Item>(
  rankings: readonly (Ranking<T> | readonly T[])[],
  { items }: { readonly items?: readonly T[] | undefined } = {},
): ScoredItem<T>[] {
  const table = placeRankings(rankings, items);
  return ranked(table.index.items, bordaScores(table.size, table.rankings));
}

/** By place. */
export function bordaScores(size: number, rankings: readonly PlacedRanking[]): Float64Array {
  const before = new Float64Array(size);
  const total = new Float64Array(size);
  for (const { places, ordered, weight } of rankings) {
    const last = places.length - 1;
    // The others share the places that are left.
    const shared = (places.length - ordered - 1) / 2;
    for (let k = 0; k < places.length; k++) {
      before[places[k]!]! += weight * (k < ordered ? last - k : shared);
      total[places[k]!]! += weight * last;
    }
  }
  return before.map((sum, place) => (total[place]! > 0 ? sum / total[place]! : 0.5));
}
