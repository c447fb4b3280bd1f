import type { Item } from "./comparison.js";

/** An item and what it is worth; higher is better. */
export interface ScoredItem<T extends Item = Item> {
  readonly item: T;
  readonly score: number;
}

/** Best first; equal ones keep their order. */
export function ranked<T extends Item>(items: readonly T[], scores: ArrayLike<number>): ScoredItem<T>[] {
  return items.map((item, place) => ({ item, score: scores[place]! })).sort((a, b) => b.score - a.score);
}
