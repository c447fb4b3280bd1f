import type { Item } from "../comparisons/comparison.js";
import type { Ranking } from "../comparisons/ranking.js";
import { placeRankings } from "../comparisons/ranking-table.js";
import { strongComponents } from "../connectivity/strong-components.js";
import { bordaScores } from "./borda.js";
import { countPreferences } from "./count-preferences.js";
import { disagreement } from "./disagreement.js";
import { bestOrder } from "./kemeny-exact.js";
import { improveOrder } from "./kemeny-search.js";

/** Up to so many items every order is considered. */
const EXACT_ITEMS = 12;

export interface KemenyOrder<T extends Item = Item> {
  /** Best first. */
  readonly order: T[];
  /**
   * Weight of the pairs that rankings put the other way round, summed: the Kendall distance to all of them.
   */
  readonly distance: number;
  /** Whether no order is known to be closer: proven, not just not found. */
  readonly exact: boolean;
}

/**
 * The order closest to all rankings by Kendall's distance (Kemeny 1959). Items fall into groups such that a
 * majority prefers each item of one to each item of a later one; the best order keeps the groups apart
 * (Truchon 1998). Up to 12 items in a group are ordered exactly, larger groups by a local search from Borda's
 * order, moving one item at a time to its best place. Takes memory for n² numbers.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function kemeny<T extends Item>(
  rankings: readonly (Ranking<T> | readonly T[])[],
  { items }: { readonly items?: readonly T[] | undefined } = {},
): KemenyOrder<T> {
  const table = placeRankings(rankings, items);
  const n = table.size;
  const counts = countPreferences(n, table.rankings);
  const scores = bordaScores(n, table.rankings);
  const order: number[] = [];
  let searched = false;
  for (const group of majorityGroups(n, counts)) {
    group.sort((i, j) => scores[j]! - scores[i]! || i - j);
    if (group.length <= EXACT_ITEMS) {
      order.push(...bestOrder(n, counts, group));
      continue;
    }
    improveOrder(n, counts, group);
    searched = true;
    order.push(...group);
  }
  const { distance, least } = disagreement(n, counts, order);
  const exact = !searched || distance <= least;
  return { order: order.map((place) => table.index.items[place]!), distance, exact };
}

/**
 * Strong components of "at least as many prefer i to j as j to i": all pairs are joined, so that they stand
 * in a line.
 */
function majorityGroups(n: number, counts: Float64Array): number[][] {
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j || counts[i * n + j]! < counts[j * n + i]!) continue;
      from.push(i);
      to.push(j);
    }
  }
  const { count, labels } = strongComponents(n, Int32Array.from(from), Int32Array.from(to));
  const groups = Array.from({ length: count }, (): number[] => []);
  for (const [place, label] of labels.entries()) groups[label]!.push(place);
  return groups;
}
