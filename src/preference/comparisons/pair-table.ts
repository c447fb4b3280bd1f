import type { Comparison, Item } from "./comparison.js";
import { type Pairs, type PlacedPairs, placeComparisons } from "./place-comparisons.js";

/**
 * Checks comparisons and adds up those of the same two items, in either order; `first` is the lower place.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function tabulate<T extends Item>(
  comparisons: readonly Comparison<T>[],
  items?: readonly T[] | undefined,
): PlacedPairs<T> {
  const { index, soft, ...pairs } = placeComparisons(comparisons, items);
  return { index, soft, ...addUp(pairs) };
}

/**
 * Sorts by the lower place (counting), then merges within each run by remembering where each partner was put.
 */
function addUp({ size, first, second, wins, losses }: Pairs): Pairs {
  const count = first.length;
  const starts = new Int32Array(size + 1);
  for (let c = 0; c < count; c++) starts[Math.min(first[c]!, second[c]!) + 1]!++;
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let c = 0; c < count; c++) order[next[Math.min(first[c]!, second[c]!)]!++] = c;

  const merged = {
    first: new Int32Array(count),
    second: new Int32Array(count),
    wins: new Float64Array(count),
    losses: new Float64Array(count),
  };
  const slot = new Int32Array(size).fill(-1);
  let pairs = 0;
  for (let i = 0; i < size; i++) {
    const begin = pairs;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const c = order[k]!;
      const forwards = first[c] === i;
      const j = forwards ? second[c]! : first[c]!;
      let pair = slot[j]!;
      if (pair < begin) {
        pair = pairs++;
        slot[j] = pair;
        merged.first[pair] = i;
        merged.second[pair] = j;
      }
      merged.wins[pair]! += forwards ? wins[c]! : losses[c]!;
      merged.losses[pair]! += forwards ? losses[c]! : wins[c]!;
    }
  }
  return {
    size,
    first: merged.first.slice(0, pairs),
    second: merged.second.slice(0, pairs),
    wins: merged.wins.slice(0, pairs),
    losses: merged.losses.slice(0, pairs),
  };
}
