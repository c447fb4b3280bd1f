import type { Comparison, Item } from "../comparisons/comparison.js";
import { tabulate } from "../comparisons/pair-table.js";
import { ranked, type ScoredItem } from "../comparisons/scored-item.js";

/**
 * Soft wins over comparisons of each item (Borda's and Copeland's idea), best first: simple, and unfair to
 * whom the strong ones met. `score` is in [0, 1]; 0.5 for items without comparisons.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function winRates<T extends Item>(
  comparisons: readonly Comparison<T>[],
  { items }: { readonly items?: readonly T[] | undefined } = {},
): ScoredItem<T>[] {
  const { index, size, first, second, wins, losses } = tabulate(comparisons, items);
  const won = new Float64Array(size);
  const total = new Float64Array(size);
  for (let pair = 0; pair < first.length; pair++) {
    const n = wins[pair]! + losses[pair]!;
    won[first[pair]!]! += wins[pair]!;
    won[second[pair]!]! += losses[pair]!;
    total[first[pair]!]! += n;
    total[second[pair]!]! += n;
  }
  return ranked(
    index.items,
    won.map((wins, place) => (total[place]! > 0 ? wins / total[place]! : 0.5)),
  );
}
