import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Comparison, Item } from "../comparisons/comparison.js";
import { placeComparisons } from "../comparisons/place-comparisons.js";
import { type EloOptions, resolveEloOptions, surprise } from "./elo.js";

/** An item's Elo rating over many orders of the same comparisons. */
export interface AverageRating {
  readonly mean: number;
  /** Standard deviation over the orders: what a single order's rating is worth. */
  readonly deviation: number;
}

/**
 * Elo ratings of a fixed set of comparisons, averaged over seeded shuffles, because one order is as good as
 * another.
 *
 * @param shuffles at least 2. Default: 100
 * @throws INVALID_COMPARISONS, INVALID_OPTION
 */
export function averageElo<T extends Item>(
  comparisons: readonly Comparison<T>[],
  {
    shuffles = 100,
    seed = 0,
    ...options
  }: EloOptions & { readonly shuffles?: number | undefined; readonly seed?: number | undefined } = {},
): Map<T, AverageRating> {
  checkWhole("shuffles", shuffles, 2, 1_000_000);
  const { initial, k } = resolveEloOptions(options);
  const { index, size, first, second, wins, losses } = placeComparisons(comparisons);
  const random = new Random(seed);
  const order = Int32Array.from(first.keys());
  const ratings = Array.from({ length: shuffles }, () => {
    const rating = new Float64Array(size).fill(initial);
    for (const c of random.shuffle(order)) {
      const [a, b] = [first[c]!, second[c]!];
      const change = k * surprise(rating[a]!, rating[b]!, wins[c]!, losses[c]!);
      rating[a]! += change;
      rating[b]! -= change;
    }
    return rating;
  });
  return new Map(
    index.items.map((item, place) => {
      const mean = ratings.reduce((sum, rating) => sum + rating[place]!, 0) / shuffles;
      const squares = ratings.reduce((sum, rating) => sum + (rating[place]! - mean) ** 2, 0);
      return [item, { mean, deviation: Math.sqrt(squares / (shuffles - 1)) }];
    }),
  );
}
