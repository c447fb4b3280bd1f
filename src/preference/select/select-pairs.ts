import { checkFinite, checkWhole, invalid } from "../../numbers/check.js";
import type { Item } from "../comparisons/comparison.js";
import type { PreferenceFit } from "../fit/preference-fit.js";
import { inTurn } from "./all-pairs.js";

/** Pairs are ranked by gain in memory, half of the square of this at most. */
const MOST_CANDIDATES = 3000;

export interface SelectPairsOptions<T extends Item = Item> {
  /** Pairs to select at most. */
  readonly count: number;
  /** Pairs not to ask about again, in either order; comparisons will do. */
  readonly asked?: Iterable<{ readonly a: T; readonly b: T }> | undefined;
  /**
   * Consider only items that could be among so many best: score + `reach` standard errors not below the score
   * in that place.
   */
  readonly top?: number | undefined;
  /** In standard errors before dispersion, those of wins and losses. Default: 1. */
  readonly reach?: number | undefined;
  /** Pairs of one item in the selection at most. Default: 3, with `top` 8. */
  readonly perItem?: number | undefined;
}

/** A pair worth asking about. */
export interface SelectedPair<T extends Item = Item> {
  readonly a: T;
  readonly b: T;
  /** Expected information of one comparison times the variance of the difference of scores. */
  readonly gain: number;
}

/**
 * Which pairs to ask about next: those with the largest p(1 − p)·Var(e_a − e_b) (in general: Fisher
 * information times variance), best first, with few of the same item, since a batch is asked at once. Over
 * all items that serves the whole ranking, with `top` its head. Ask in batches of about n/2 pairs and fit
 * again.
 *
 * @throws INVALID_OPTION, also where more than 3000 items are to be considered
 */
export function selectPairs<T extends Item>(
  fit: PreferenceFit<T>,
  { count, asked = [], top, reach = 1, perItem = top === undefined ? 3 : 8 }: SelectPairsOptions<T>,
): SelectedPair<T>[] {
  checkWhole("count", count, 0);
  checkWhole("perItem", perItem, 1);
  checkFinite("reach", reach);
  if (top !== undefined) checkWhole("top", top, 1);
  const items = top === undefined ? fit.items : contenders(fit, top, reach);
  const n = items.length;
  if (n > MOST_CANDIDATES)
    throw invalid(
      "fit.items.length",
      n,
      `at most ${MOST_CANDIDATES} can be considered; pass a smaller \`top\`.`,
    );
  const gains = gainsOf(fit, items);
  exclude(gains, items, asked);
  const order = Int32Array.from(gains.keys()).filter((key) => gains[key]! > 0);
  order.sort((x, y) => gains[y]! - gains[x]! || x - y);
  const taken = new Int32Array(n);
  const selected: SelectedPair<T>[] = [];
  for (const key of order) {
    if (selected.length >= count) break;
    const [i, j] = inTurn(Math.floor(key / n), key % n);
    if (taken[i]! >= perItem || taken[j]! >= perItem) continue;
    taken[i]!++;
    taken[j]!++;
    selected.push({ a: items[i]!, b: items[j]!, gain: gains[key]! });
  }
  return selected;
}

function contenders<T extends Item>(fit: PreferenceFit<T>, top: number, reach: number): readonly T[] {
  // Before dispersion, which is small for soft votes: too few items would be left to learn about.
  const errors = fit.standardErrors().map((error) => error / Math.sqrt(fit.dispersion));
  const threshold = fit.scores.toSorted().at(-top) ?? Number.NEGATIVE_INFINITY;
  return fit.items.filter((_, place) => fit.scores[place]! + reach * errors[place]! >= threshold);
}

/** At i·n + j for i < j, 0 elsewhere. */
function gainsOf<T extends Item>(fit: PreferenceFit<T>, items: readonly T[]): Float64Array {
  const n = items.length;
  const covariance = fit.covariance(items).map((value) => value / fit.dispersion);
  const gains = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const variance = covariance[i * n + i]! + covariance[j * n + j]! - 2 * covariance[i * n + j]!;
      gains[i * n + j] = fit.information(items[i]!, items[j]!) * variance;
    }
  }
  return gains;
}

function exclude<T extends Item>(
  gains: Float64Array,
  items: readonly T[],
  asked: Iterable<{ readonly a: T; readonly b: T }>,
): void {
  const places = new Map(items.map((item, place) => [item, place]));
  for (const { a, b } of asked) {
    const [i, j] = [places.get(a), places.get(b)];
    if (i !== undefined && j !== undefined) gains[Math.min(i, j) * items.length + Math.max(i, j)] = 0;
  }
}
