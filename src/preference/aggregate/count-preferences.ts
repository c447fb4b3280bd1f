import type { PlacedRanking } from "../comparisons/ranking-table.js";

/** How much weight of rankings puts i before j, at i·n + j. */
export function countPreferences(size: number, rankings: readonly PlacedRanking[]): Float64Array {
  const counts = new Float64Array(size * size);
  for (const { places, ordered, weight } of rankings) {
    for (let k = 0; k < ordered; k++)
      for (let l = k + 1; l < places.length; l++) counts[places[k]! * size + places[l]!]! += weight;
  }
  return counts;
}
