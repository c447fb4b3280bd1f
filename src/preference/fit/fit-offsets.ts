import type { Comparison, Item } from "../comparisons/comparison.js";
import { invalidComparison } from "../comparisons/item-index.js";
import { placeComparisons } from "../comparisons/place-comparisons.js";
import { logisticLink } from "../likelihood/logistic-link.js";
import { type DispersionOption, type FitOptions, resolveFitOptions } from "./fit-options.js";
import { fitPairs } from "./fit-pairs.js";
import type { PreferenceFit } from "./preference-fit.js";

/** Log-odds beyond are no result of any fit. */
const MOST_DIFFERENCE = 1e6;

/**
 * A comparison across two groups: of an item of group `a` with an item of group `b`, both scored within their
 * groups.
 */
export interface CrossComparison<T extends Item = Item> extends Comparison<T> {
  /** Score of the item of `a` less the score of the item of `b`, each from its own group's fit; log-odds. */
  readonly difference: number;
}

/**
 * What to add to the scores of each group so that scores of different groups can be compared: groups are
 * queries whose documents were compared among themselves, and p = σ(difference + offset_a − offset_b) for "is
 * this document more relevant to its query than that one to its own?". The fit's items are the groups, its
 * scores the offsets; they sum to 0. `lambda` is 0.1 by default.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION, NOT_CONNECTED (only with `lambda: 0`)
 */
export function fitOffsets<T extends Item>(
  comparisons: readonly CrossComparison<T>[],
  options: FitOptions<T> & DispersionOption = {},
): PreferenceFit<T> {
  const { dispersion } = options;
  const { items, ...resolved } = resolveFitOptions(options, 0.1);
  const pairs = placeComparisons(comparisons, items);
  const shifts = Float64Array.from(comparisons, ({ difference }, c) => {
    if (Math.abs(difference) <= MOST_DIFFERENCE) return difference;
    throw invalidComparison(`comparisons[${c}].difference`, difference, "pass log-odds from -1e6 to 1e6.");
  });
  return fitPairs(pairs, logisticLink, { ...resolved, dispersion }, shifts);
}
