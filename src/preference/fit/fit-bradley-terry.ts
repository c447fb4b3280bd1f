import type { Comparison, Item } from "../comparisons/comparison.js";
import { tabulate } from "../comparisons/pair-table.js";
import { logisticLink } from "../likelihood/logistic-link.js";
import { type DispersionOption, type FitOptions, resolveFitOptions } from "./fit-options.js";
import { fitPairs } from "./fit-pairs.js";
import type { PreferenceFit } from "./preference-fit.js";

/**
 * Bradley and Terry's model (1952): p(a ≻ b) = σ(e_a − e_b), so that a difference of scores is the log-odds
 * of winning. Soft wins count by their probability. Newton's method; 100 items and 400 comparisons take about
 * a millisecond, 10,000 and 200,000 some tenths of a second.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION, NOT_CONNECTED (only with `lambda: 0`)
 */
export function fitBradleyTerry<T extends Item>(
  comparisons: readonly Comparison<T>[],
  options: FitOptions<T> & DispersionOption = {},
): PreferenceFit<T> {
  const { dispersion } = options;
  const { items, ...resolved } = resolveFitOptions(options);
  return fitPairs(tabulate(comparisons, items), logisticLink, { ...resolved, dispersion });
}
