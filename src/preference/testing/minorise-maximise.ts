import type { Comparison } from "../comparisons/comparison.js";

/**
 * Maximum-likelihood Bradley–Terry scores of items 0 … n − 1 by Hunter's MM algorithm (2004): π_i ← W_i / Σ_j
 * n_ij/(π_i + π_j), until no log-strength moves by more than 1e-13. Slow and simple: a check of the fast way.
 */
export function minoriseMaximise(n: number, comparisons: readonly Comparison<number>[]): Float64Array {
  let scores = new Float64Array(n);
  for (let moved = 1; moved > 1e-13; ) {
    const wins = new Float64Array(n);
    const shares = new Float64Array(n);
    for (const { a, b, probability, weight = 1 } of comparisons) {
      wins[a]! += weight * probability;
      wins[b]! += weight * (1 - probability);
      const share = weight / (Math.exp(scores[a]!) + Math.exp(scores[b]!));
      shares[a]! += share;
      shares[b]! += share;
    }
    const next = scores.map((_, i) => Math.log(wins[i]! / shares[i]!));
    const mean = next.reduce((sum, score) => sum + score, 0) / n;
    for (let i = 0; i < n; i++) next[i]! -= mean;
    moved = Math.max(...next.map((score, i) => Math.abs(score - scores[i]!)));
    scores = next;
  }
  return scores;
}
