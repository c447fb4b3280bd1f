import type { PairwiseLikelihood } from "../likelihood/pairwise-likelihood.js";

/** p(1 − p) below is the fit's overconfidence; one vote against it would outweigh all others. */
const LEAST_VARIANCE = 1e-9;

/**
 * How much wider votes scatter than wins and losses of their probabilities would: Pearson's Σ n_ij (w_ij/n_ij
 * − p)² / (p(1 − p)) over its degrees of freedom, pairs − items + components. Soft votes of a careful judge
 * scatter less (below 1), dependent ones more. 1 where no degree of freedom is left.
 */
export function dispersionOf({ pairs, differences, link }: PairwiseLikelihood, components: number): number {
  const freedom = pairs.first.length - pairs.size + components;
  if (freedom <= 0) return 1;
  let sum = 0;
  for (let pair = 0; pair < differences.length; pair++) {
    const n = pairs.wins[pair]! + pairs.losses[pair]!;
    // Both from their own side, so that neither is 1 less something tiny.
    const p = link.probability(differences[pair]!);
    const q = link.probability(-differences[pair]!);
    const residual = p < q ? pairs.wins[pair]! / n - p : q - pairs.losses[pair]! / n;
    sum += (n * residual ** 2) / Math.max(p * q, LEAST_VARIANCE);
  }
  return sum / freedom;
}
