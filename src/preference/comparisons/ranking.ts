import type { Item } from "./comparison.js";

/** One order of some items; a plain array of items is one without `others`. */
export interface Ranking<T extends Item = Item> {
  /** Best first; no item twice. */
  readonly order: readonly T[];
  /**
   * Items that were there to choose from and came after all of `order`, in no known order: the rest of a
   * top-k list.
   */
  readonly others?: readonly T[] | undefined;
  /** How many such rankings it counts for; above 0, at most 1e15. Default: 1. */
  readonly weight?: number | undefined;
}
