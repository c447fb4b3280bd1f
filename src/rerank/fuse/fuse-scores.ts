import { type Normalisation, normalise as normaliseScores } from "../../evaluate/runs/normalise.js";

/** How several rankings become one. */
export interface FusionMethod {
  /** `rrf`: Σ weight / (k + rank). `weighted`: the weighted mean of normalised scores. */
  readonly method: "rrf" | "weighted";
  /** For `rrf`: damps the lead of the first ranks; greater than −1. */
  readonly k: number;
  /** For `weighted`: brings each member's scores to a common scale. */
  readonly normalise: Normalisation;
}

/** One ranking of the candidates. */
export interface Vote {
  /** By candidate; undefined for those that it has no score for. */
  readonly scores: readonly (number | undefined)[];
  /** By candidate, 1 for the best. */
  readonly ranks: readonly (number | undefined)[];
  readonly weight: number;
}

/**
 * One score per candidate, higher being better. Candidates without a vote are `unscored` and carry the least of the
 * others. The arithmetic, and what a candidate gets that a vote lacks, are those of `reciprocalRankFusion` and
 * `weightedFusion` in evaluate/, the latter's sums divided by the sum of the weights.
 */
export function fuseScores(
  votes: readonly Vote[],
  candidates: number,
  { method, k, normalise }: FusionMethod,
): { readonly scores: Float64Array; readonly unscored: ReadonlySet<number> } {
  const scores = new Float64Array(candidates);
  const told = votes.filter(({ scores: own }) => own.some((score) => score !== undefined));
  const total = told.reduce((sum, { weight }) => sum + weight, 0) || 1;
  for (const { scores: own, ranks, weight } of told) {
    if (method === "rrf") {
      for (const [i, rank] of ranks.entries()) {
        if (rank !== undefined) scores[i]! += weight * (1 / (k + rank));
      }
      continue;
    }
    const known = own.filter((score) => score !== undefined);
    const { values, absent } = normaliseScores(Float64Array.from(known), normalise);
    let next = 0;
    for (const [i, score] of own.entries()) {
      scores[i]! += weight * (score === undefined ? absent : values[next++]!);
    }
  }
  if (method === "weighted") for (let i = 0; i < candidates; i++) scores[i]! /= total;
  return withFloor(scores, told);
}

function withFloor(scores: Float64Array, votes: readonly Vote[]) {
  const unscored = new Set<number>();
  let least = Number.POSITIVE_INFINITY;
  for (const [i, score] of scores.entries()) {
    if (votes.some((vote) => vote.scores[i] !== undefined)) least = Math.min(least, score);
    else unscored.add(i);
  }
  for (const i of unscored) scores[i] = Number.isFinite(least) ? least : 0;
  return { scores, unscored };
}
