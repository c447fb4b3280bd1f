import type { Comparison, Item } from "../comparisons/comparison.js";
import { tabulate } from "../comparisons/pair-table.js";
import { type Arcs, arcsOfPairs } from "./arcs.js";
import { connectedComponents } from "./connected-components.js";
import { type Components, strongComponents } from "./strong-components.js";
import { summarise } from "./summarise.js";

/** Which scores comparisons can tell, and which only a prior can. */
export interface Connectivity<T extends Item = Item> {
  /**
   * Whether wins lead from every item to every other one, directly or through others. Then, and only then,
   * is there a best score without regularisation (Ford 1957; Hunter 2004, assumption 1).
   */
  readonly strong: boolean;
  /**
   * Items that comparisons connect at all; scores of two components are comparable through the prior only.
   */
  readonly components: readonly (readonly T[])[];
  /**
   * Strong components. No item of a later group ever won against one of an earlier group: the distance
   * between two groups is bounded by the prior only.
   */
  readonly groups: readonly (readonly T[])[];
  /** What this means, in a sentence or two. */
  readonly summary: string;
}

/**
 * Whether comparisons determine all scores: the strong components of the graph of who beat whom. A soft vote
 * strictly between 0 and 1 is a win for both.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function connectivity<T extends Item>(
  comparisons: readonly Comparison<T>[],
  { items }: { readonly items?: readonly T[] | undefined } = {},
): Connectivity<T> {
  const table = tabulate(comparisons, items);
  return connectivityOf(table.index.items, arcsOfPairs(table));
}

/** The connectivity of items by arcs from winner to loser, both as places. */
export function connectivityOf<T extends Item>(
  items: readonly T[],
  { from, to }: Arcs,
  weak = connectedComponents(items.length, from, to),
): Connectivity<T> {
  const strong = strongComponents(items.length, from, to);
  const components = gather(items, weak);
  const groups = gather(items, strong);
  return {
    strong: strong.count <= 1,
    components,
    groups,
    summary: summarise(components, groups, endsOf(strong, from, to)),
  };
}

function gather<T>(items: readonly T[], { count, labels }: Components): T[][] {
  const members = Array.from({ length: count }, (): T[] => []);
  for (const [place, item] of items.entries()) members[labels[place]!]!.push(item);
  return members;
}

/** Which groups nobody outside beat, and which beat nobody outside. */
function endsOf({ count, labels }: Components, from: Int32Array, to: Int32Array) {
  const unbeaten = new Array<boolean>(count).fill(true);
  const winless = new Array<boolean>(count).fill(true);
  for (let arc = 0; arc < from.length; arc++) {
    const [winner, loser] = [labels[from[arc]!]!, labels[to[arc]!]!];
    if (winner === loser) continue;
    winless[winner] = false;
    unbeaten[loser] = false;
  }
  return { unbeaten, winless };
}
