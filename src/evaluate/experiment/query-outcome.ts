/** What a reranker made of one query's candidates: one line of an experiment's journal. */
export interface QueryOutcome {
  readonly query: string;
  /** Candidates in the first stage's order. */
  readonly ids: readonly string[];
  /** The reranker's score of each candidate, in the order of `ids`; finite. */
  readonly scores: readonly number[];
  /** Places in `ids` of candidates that a cascade dropped: their scores only say where they stand. */
  readonly unscored?: readonly number[] | undefined;
  /** Wall-clock milliseconds of the rerank call. */
  readonly ms: number;
  /** Distinct (query, document) pairs that a model read. */
  readonly pairs: number;
  /** Tokens that a model read; 0 where it does not count them. */
  readonly tokens: number;
  /** For models that read tokens: how many of each candidate were read, and how many it has. */
  readonly tokensSeen?: readonly number[] | undefined;
  readonly tokensTotal?: readonly number[] | undefined;
  /** Codes of the warnings that came with the result. */
  readonly warnings: readonly string[];
}
