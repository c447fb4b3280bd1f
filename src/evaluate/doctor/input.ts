import type { Document, ScoreScale } from "../../types/index.js";
import type { Collection, CorpusDocument } from "../collection/collection.js";
import type { QueryOutcome } from "../experiment/query-outcome.js";
import type { Measure } from "../measures/measure.js";
import type { Run } from "../runs/run.js";

/**
 * Scores documents for a query with the examined model, all in one call, as the examined re-ranking did.
 *
 * @returns one finite score per document, in the order of `documents`
 */
export type Rescore = (
  query: string,
  documents: readonly Document[],
  signal?: AbortSignal,
) => Promise<ArrayLike<number>>;

/** What an examination goes by. The more is given, the more can be said. */
export interface DoctorInput {
  /** Empty judgments are allowed: then only what can be known without them is examined. */
  readonly collection: Collection;
  /** The deeper, the more can be said about re-ranking deeper than `depth`. */
  readonly firstStage: Run;
  /** How many candidates of each query were to be re-ranked; a positive whole number. */
  readonly depth: number;
  /** What the reranker made of the best `depth` candidates, by query id. */
  readonly outcomes: ReadonlyMap<string, QueryOutcome>;
  /** Texts of the candidates, by document id. */
  readonly texts: ReadonlyMap<string, CorpusDocument>;
  readonly scoreScale: ScoreScale;
  /**
   * Ids of the queries that were put to the first stage. One of them without candidates is one that the
   * first stage could not answer. Default: all queries of the collection.
   */
  readonly queries?: readonly string[] | undefined;
  /** Longest input of the model in tokens, query and document together. */
  readonly maxTokens?: number | undefined;
  /** The 95th percentile that the time for one query must not pass, in milliseconds. */
  readonly latencyBudgetMs?: number | undefined;
  /** Shares in [0, 1] of the tokens of queries and of candidates that the model's vocabulary lacks. */
  readonly unknownTokenShare?: { readonly queries: number; readonly documents: number } | undefined;
  /** Scores that the model gave to candidates where it is known to work: a sample, in any order. */
  readonly reference?: { readonly scores: readonly number[] } | undefined;
  /** Lets checks probe the model. */
  readonly rescore?: Rescore | undefined;
  /** What quality means; averaged over the queries. Default: nDCG@10. */
  readonly measure?: Measure | undefined;
  /** Lowest grade that counts as relevant where relevance is yes or no. Default: 1. */
  readonly relevantFrom?: number | undefined;
  /** Of everything drawn at random. Default: 1. */
  readonly seed?: number | undefined;
}
