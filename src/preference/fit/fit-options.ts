import { checkFinite, checkPositive, checkWhole, invalid } from "../../numbers/check.js";
import type { Item } from "../comparisons/comparison.js";

export interface FitOptions<T extends Item = Item> {
  /**
   * λ, the precision of a normal prior N(0, 1/λ) on every score: log-likelihood − λ/2 Σ e². 0 or more, in
   * inverse squared units of score, weighed against comparisons of weight 1. It keeps the scores of
   * undefeated items finite. Default: 0.05.
   */
  readonly lambda?: number | undefined;
  /** All items, which fixes their order in the fit. Default: those compared, by first appearance. */
  readonly items?: readonly T[] | undefined;
  /** Newton's method ends with a step that moves no score further than this. Default: 1e-8. */
  readonly tolerance?: number | undefined;
  /** Steps at most. Default: 200; usual are 5 to 20. */
  readonly maxIterations?: number | undefined;
}

export interface DispersionOption {
  /**
   * Factor of all variances: how much votes scatter, compared with wins and losses of the fitted
   * probabilities. A number above 0, or estimated (Pearson's statistic over its degrees of freedom). Default:
   * 1 where all comparisons are wins, losses and ties, else estimated.
   */
  readonly dispersion?: number | "estimated" | undefined;
}

/** The options with defaults. @throws INVALID_OPTION */
export function resolveFitOptions<T extends Item>(
  { lambda, items, tolerance = 1e-8, maxIterations = 200 }: FitOptions<T>,
  usual = 0.05,
) {
  const resolved = { lambda: lambda ?? usual, items, tolerance, maxIterations };
  checkFinite("lambda", resolved.lambda);
  if (resolved.lambda < 0) throw invalid("lambda", lambda, "pass 0 or a number above it.");
  checkPositive("tolerance", tolerance);
  checkWhole("maxIterations", maxIterations, 1);
  return resolved;
}
