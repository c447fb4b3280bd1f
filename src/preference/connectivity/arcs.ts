import type { Pairs } from "../comparisons/place-comparisons.js";
import type { PlacedRanking } from "../comparisons/ranking-table.js";

/** Who beat whom: an arc from winner to loser, for every two places of which one won at all. */
export interface Arcs {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Both ways where a pair is soft or was won by either. */
export function arcsOfPairs({ first, second, wins, losses }: Pairs): Arcs {
  const from: number[] = [];
  const to: number[] = [];
  for (let pair = 0; pair < first.length; pair++) {
    if (wins[pair]! > 0) {
      from.push(first[pair]!);
      to.push(second[pair]!);
    }
    if (losses[pair]! > 0) {
      from.push(second[pair]!);
      to.push(first[pair]!);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}

/** From each place to the next, and from the last in order to all others: the rest follows through these. */
export function arcsOfRankings(rankings: readonly PlacedRanking[]): Arcs {
  const from: number[] = [];
  const to: number[] = [];
  for (const { places, ordered } of rankings) {
    for (let k = 1; k < places.length && ordered > 0; k++) {
      from.push(places[Math.min(k, ordered) - 1]!);
      to.push(places[k]!);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}
