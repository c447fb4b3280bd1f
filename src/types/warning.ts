/** Everything a result may warn about; documented in docs/library.md. */
export type WarningCode =
  /** Text was cut before the model read it. */
  | "truncated"
  /** The query itself was cut. */
  | "query_truncated"
  /** Time ran out; some candidates carry no score of their own. */
  | "deadline"
  /** A budget for remote calls ran out; the same. */
  | "budget"
  /** A remote model failed several times in a row and was asked no more; the same. */
  | "outage"
  /** Answers of a language model were of no use; what they were about keeps its order. */
  | "window_kept"
  /** Answers of a language model were not of the form asked for, and were read all the same. */
  | "answers_repaired"
  /** No usable answer was given about some candidates, which carry no score of their own. */
  | "unjudged"
  /** A server gave no log probabilities; scores are bare verdicts. */
  | "logprobs_missing"
  /** Characters that no encoding can carry (lone surrogates) were read as U+FFFD. */
  | "malformed_text"
  /** Something was asked for that the model has no way to do. */
  | "not_applied"
  /** Candidates went to a model that compares those of one call, in several calls. */
  | "split_call"
  /** What a remote API warns about, in its own words. */
  | "remote_warning"
  /** Another reranker answered in place of the first choice. */
  | "fallback"
  /** The cache of scores could not be asked; everything was scored anew. */
  | "cache_unavailable"
  /** The hub could not be asked whether the cached model is its latest. */
  | "unverified"
  /** A query without text that nobody judged. */
  | "empty_query"
  /** Judgments for queries that the collection does not hold. */
  | "unknown_queries"
  /** Judgments for documents that the corpus does not hold. */
  | "unknown_documents"
  /** A run answers queries that the collection has no text for. */
  | "queries_left_out"
  /** Judged queries for which a first stage found nothing. */
  | "unanswered_queries"
  /** Scores could not be written down, so that an interruption loses them. */
  | "scores_not_kept"
  /** Comparisons of two documents that have no usable answer were left out. */
  | "comparisons_missing"
  /** A crash cut the last line of a journal short; it was put aside. */
  | "torn_line"
  /** Judged queries that have no relevant document. */
  | "queries_without_relevant";

/** Something the caller should know although the call succeeded. */
export interface Warning {
  readonly code: WarningCode;
  /** One sentence with the figures. */
  readonly message: string;
  /** Indices into the request's `documents` that it concerns; absent when it concerns the whole request. */
  readonly documents?: readonly number[] | undefined;
}
