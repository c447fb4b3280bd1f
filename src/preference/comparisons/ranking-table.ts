import type { Item } from "./comparison.js";
import { checkWeight, ItemIndex, invalidComparison } from "./item-index.js";
import type { Ranking } from "./ranking.js";

/** A ranking of places instead of items. */
export interface PlacedRanking {
  /** Best first, then the others in no order. */
  readonly places: Int32Array;
  /** How many of `places` are in order. */
  readonly ordered: number;
  readonly weight: number;
}

export interface RankingTable<T extends Item> {
  readonly index: ItemIndex<T>;
  /** Number of items. */
  readonly size: number;
  readonly rankings: readonly PlacedRanking[];
}

/** Checks rankings. @throws INVALID_COMPARISONS, INVALID_OPTION for `items` */
export function placeRankings<T extends Item>(
  rankings: readonly (Ranking<T> | readonly T[])[],
  items?: readonly T[] | undefined,
): RankingTable<T> {
  if (!Array.isArray(rankings))
    throw invalidComparison("rankings", rankings, "pass an array of rankings, each best first.");
  const index = new ItemIndex<T>(items);
  const placed = rankings.map((ranking, r) => place(ranking, `rankings[${r}]`, index));
  const size = index.items.length;
  if (size === 0) throw invalidComparison("rankings", rankings, "pass rankings or `items`.");
  return { index, size, rankings: placed };
}

function place<T extends Item>(
  ranking: Ranking<T> | readonly T[],
  field: string,
  index: ItemIndex<T>,
): PlacedRanking {
  const plain = Array.isArray(ranking);
  const { order, others = [], weight = 1 } = (plain ? { order: ranking } : (ranking ?? {})) as Ranking<T>;
  const name = plain ? field : `${field}.order`;
  if (!Array.isArray(order)) throw invalidComparison(name, order, "pass an array of items, best first.");
  if (!Array.isArray(others))
    throw invalidComparison(`${field}.others`, others, "pass an array of items, or leave it out.");
  checkWeight(`${field}.weight`, weight);
  const seen = new Set<number>();
  const places = Int32Array.from([...order, ...others], (item, k) => {
    const where = () => (k < order.length ? `${name}[${k}]` : `${field}.others[${k - order.length}]`);
    const at = index.placeOf(item, where);
    if (seen.has(at)) throw invalidComparison(where(), item, "a ranking names an item once.");
    seen.add(at);
    return at;
  });
  return { places, ordered: order.length, weight };
}
