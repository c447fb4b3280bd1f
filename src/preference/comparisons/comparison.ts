/** What is compared: a name, or an index into a list of the caller's. 1 and "1" are two items. */
export type Item = string | number;

/** One answer to "a or b?", or several alike. */
export interface Comparison<T extends Item = Item> {
  readonly a: T;
  readonly b: T;
  /** p(a ≻ b) in [0, 1]: 1 where a won, 0 where b won, 0.5 for a tie, a judge's confidence in between. */
  readonly probability: number;
  /** How many comparisons it counts for; above 0, at most 1e15. Default: 1. */
  readonly weight?: number | undefined;
}
