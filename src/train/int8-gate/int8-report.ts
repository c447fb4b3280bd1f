/** What int8 may cost. */
export interface Int8Bounds {
  /** Least mean Spearman correlation between the scores in int8 and in float32, from −1 to 1. */
  readonly spearman: number;
  /** Largest nDCG@10 in float32 minus that in int8. */
  readonly ndcgLoss: number;
}

/**
 * A Spearman correlation of .98 moves few documents and those by little; .005 nDCG@10 is below what most
 * collections can show.
 */
export const INT8_BOUNDS: Int8Bounds = { spearman: 0.98, ndcgLoss: 0.005 };

/** How a model ranks validation lists in int8, against itself in float32. */
export interface Int8Report {
  /** Lists, and documents in all of them, that both precisions scored. */
  readonly lists: number;
  readonly documents: number;
  /** Mean over lists of Spearman's ρ between both precisions, in [−1, 1]. */
  readonly spearman: number;
  /** Mean over lists of Kendall's τ-b, in [−1, 1]. */
  readonly kendall: number;
  /** Mean nDCG@10 over the lists that hold a relevant document; absent where none does. */
  readonly ndcg?: { readonly float32: number; readonly int8: number } | undefined;
  /** sha256 of the weights that were looked at. */
  readonly weights: string;
  /** What it is held against. */
  readonly bounds: Int8Bounds;
}

/** What exceeds the bounds, a clause each with value and bound; empty for int8 that may be used. */
export function int8Problems({ spearman, ndcg, bounds }: Int8Report): readonly string[] {
  const problems: string[] = [];
  if (spearman < bounds.spearman) {
    problems.push(`the mean Spearman correlation is ${spearman.toFixed(4)}, below ${bounds.spearman}`);
  }
  const loss = ndcg === undefined ? 0 : ndcg.float32 - ndcg.int8;
  if (loss > bounds.ndcgLoss) {
    problems.push(`nDCG@10 falls by ${loss.toFixed(4)}, more than ${bounds.ndcgLoss}`);
  }
  return problems;
}
