import { invalid } from "../../numbers/check.js";
import type { Comparison, Item } from "../comparisons/comparison.js";
import { tabulate } from "../comparisons/pair-table.js";
import { probitLink } from "../likelihood/probit-link.js";
import { type DispersionOption, type FitOptions, resolveFitOptions } from "./fit-options.js";
import { fitPairs } from "./fit-pairs.js";
import type { PreferenceFit } from "./preference-fit.js";

/**
 * The unit of Thurstone scores: the spread of one item's impression ("case-v", p = Φ(Δ/√2)), that of a
 * difference of impressions ("probit", p = Φ(Δ)), or zELO's (arXiv 2509.12541, p = (1 + erf Δ)/2 = Φ(√2·Δ)).
 */
export type ThurstoneScale = "case-v" | "probit" | "zelo";

const SLOPES: Record<ThurstoneScale, number> = { "case-v": Math.SQRT1_2, probit: 1, zelo: Math.SQRT2 };

export interface ThurstoneOptions<T extends Item = Item> extends FitOptions<T>, DispersionOption {
  /**
   * Default: "case-v". A score of 1 in it is √½ in "probit" and ½ in "zelo". `lambda` is in inverse squares
   * of this unit.
   */
  readonly scale?: ThurstoneScale | undefined;
}

/**
 * Thurstone's model, Case V (1927): impressions of items scatter normally, all alike and independently; the
 * stronger one wins.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION, NOT_CONNECTED (only with `lambda: 0`)
 */
export function fitThurstone<T extends Item>(
  comparisons: readonly Comparison<T>[],
  options: ThurstoneOptions<T> = {},
): PreferenceFit<T> {
  const { dispersion, scale = "case-v" } = options;
  if (!Object.hasOwn(SLOPES, scale)) throw invalid("scale", scale, 'pass "case-v", "probit" or "zelo".');
  const { items, ...resolved } = resolveFitOptions(options);
  return fitPairs(tabulate(comparisons, items), probitLink(SLOPES[scale]), { ...resolved, dispersion });
}
