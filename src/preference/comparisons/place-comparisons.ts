import type { Comparison, Item } from "./comparison.js";
import { checkWeight, ItemIndex, invalidComparison } from "./item-index.js";

/** Comparisons of places instead of items, in parallel arrays. */
export interface Pairs {
  /** Number of items. */
  readonly size: number;
  /** The two places of each pair. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Soft wins of `first` over `second` (w_ij), and the other way (w_ji); their sum is n_ij. */
  readonly wins: Float64Array;
  readonly losses: Float64Array;
}

export interface PlacedPairs<T extends Item> extends Pairs {
  readonly index: ItemIndex<T>;
  /** Whether some comparison was neither a win nor a loss nor a tie. */
  readonly soft: boolean;
}

/**
 * Checks comparisons and finds the items' places; one pair per comparison, in their order.
 *
 * @param items all of them, which fixes their places; those compared, by first appearance, where absent
 * @throws INVALID_COMPARISONS, INVALID_OPTION for `items`
 */
export function placeComparisons<T extends Item>(
  comparisons: readonly Comparison<T>[],
  items?: readonly T[] | undefined,
): PlacedPairs<T> {
  if (!Array.isArray(comparisons))
    throw invalidComparison("comparisons", comparisons, "pass an array of { a, b, probability }.");
  const index = new ItemIndex<T>(items);
  const count = comparisons.length;
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const wins = new Float64Array(count);
  const losses = new Float64Array(count);
  let soft = false;
  for (let c = 0; c < count; c++) {
    const { a, b, probability, weight } = checked<T>(comparisons[c], c);
    const i = index.placeOf(a, () => `comparisons[${c}].a`);
    const j = index.placeOf(b, () => `comparisons[${c}].b`);
    if (i === j) throw invalidComparison(`comparisons[${c}].b`, b, "an item cannot be compared with itself.");
    if (probability !== 0 && probability !== 0.5 && probability !== 1) soft = true;
    first[c] = i;
    second[c] = j;
    wins[c] = weight * probability;
    losses[c] = weight * (1 - probability);
  }
  const size = index.items.length;
  if (size === 0) throw invalidComparison("comparisons", comparisons, "pass comparisons or `items`.");
  return { index, size, soft, first, second, wins, losses };
}

function checked<T extends Item>(
  entry: Comparison<T> | undefined,
  c: number,
): Comparison<T> & { readonly weight: number } {
  const field = `comparisons[${c}]`;
  if (typeof entry !== "object" || entry === null)
    throw invalidComparison(field, entry, "pass { a, b, probability }.");
  const { a, b, probability, weight = 1 } = entry;
  if (!(typeof probability === "number" && probability >= 0 && probability <= 1))
    throw invalidComparison(`${field}.probability`, probability, "pass p(a ≻ b), a number from 0 to 1.");
  checkWeight(`${field}.weight`, weight);
  return { a, b, probability, weight };
}
