import type { QueryOutcome } from "../experiment/query-outcome.js";
import type { JudgedQuery } from "../measures/measure.js";

/** One query with what the first stage and the reranker made of it. */
export interface ExaminedQuery {
  readonly id: string;
  readonly text: string;
  /** Re-ranked candidates, in the first stage's order; may be empty. */
  readonly ids: readonly string[];
  /** The reranker's score of each candidate, in the order of `ids`. */
  readonly scores: readonly number[];
  /** Indices of `ids`, best score first; equal scores keep the first stage's order. */
  readonly order: readonly number[];
  /** What the first stage found below the candidates, best first. */
  readonly deeper: readonly string[];
  /** Absent where there was nothing to re-rank. */
  readonly outcome?: QueryOutcome;
  /** Absent where no relevant document is known. */
  readonly judged?: JudgedQuery;
}

/** A query with at least one document that is known to be relevant. */
export interface JudgedExaminedQuery extends ExaminedQuery {
  readonly judged: JudgedQuery;
}

/** Indices of `scores`, best first; equal scores keep their order. */
export function bestFirst(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** The reranker's order: ids of the candidates, best first. */
export function rerankedIds(query: ExaminedQuery): string[] {
  return query.order.map((candidate) => query.ids[candidate]!);
}

/**
 * The candidates in the order that results when only the first `n` of them are re-ranked: the others stay
 * below as they were. What the first stage found still deeper is left out, as it is where models are compared.
 */
export function rankingAtDepth(query: ExaminedQuery, n: number): string[] {
  const top = query.order.filter((candidate) => candidate < n).map((candidate) => query.ids[candidate]!);
  return [...top, ...query.ids.slice(n)];
}
