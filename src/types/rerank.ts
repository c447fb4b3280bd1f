import type { Document } from "./document.js";
import type { ErrorCode } from "./error-codes.js";
import type { Evidence } from "./evidence.js";
import type { ScoreScale } from "./score-scale.js";
import type { Load } from "./scorer.js";
import type { Warning } from "./warning.js";

export interface RerankRequest {
  readonly query: string;
  readonly documents: readonly (string | Document)[];
  /** How many results to return; a positive whole number. Default: all. */
  readonly topN?: number | undefined;
  /** For models that take one; others ignore it. */
  readonly instruction?: string | undefined;
  /** Cut the query to so many tokens; 1 or more. A model that does not count tokens warns `not_applied`. */
  readonly maxQueryTokens?: number | undefined;
  /** Cut each document, title included, to so many tokens; likewise. */
  readonly maxDocumentTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Return the best ranking known after this many milliseconds, with a `deadline` warning. */
  readonly deadlineMs?: number | undefined;
  /** Where calls wait for each other: 0 (default) is served before 1, and so on; a whole number. */
  readonly priority?: number | undefined;
  /** Called as candidates get their scores; by rerankers that ask about several at once, as calls are answered. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface RankedDocument {
  /** Position in the request's `documents`. */
  readonly index: number;
  /** 1 is best. */
  readonly rank: number;
  /** Finite. Candidates without a score of their own carry the lowest known one, or that of their rank. */
  readonly score: number;
  /**
   * False where a deadline, a budget, a failing remote model, or an earlier stage of a cascade, left the candidate without
   * a score of its own.
   */
  readonly scored: boolean;
  readonly document: Document;
  readonly evidence?: Evidence | undefined;
}

/** What calls to remote models take. */
export interface RemoteUsage {
  /** Calls to a remote model. */
  readonly calls: number;
  /** Tokens as remote models count them; absent where there was no call, or one did not tell. */
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  /** Distinct pairs whose score a cache knew, so that no model read them; absent without a cache. */
  readonly cacheHits?: number | undefined;
  /** In the currency of the price table; absent where the price of any call is unknown, never 0 in its stead. */
  readonly cost?: number | undefined;
}

export interface Usage extends RemoteUsage {
  /** Distinct (query, document) pairs that a model read. */
  readonly pairs: number;
  /** Tokens that a local model read, padding excluded. */
  readonly tokens: number;
}

export interface Timings {
  readonly totalMs: number;
  /** Milliseconds per stage, in the order in which the stages ran; of rerankers made of others, sums by name. */
  readonly stages: Readonly<Record<string, number>>;
}

/** What one of the rerankers did that a reranker is made of. */
export interface PartRecord {
  /** As the part names itself in its result, else its id. */
  readonly model: string;
  /** `partial`: time ran out; `failed`: it gave no ranking, and `code` says why; `skipped`: it was not asked. */
  readonly outcome: "ranked" | "partial" | "failed" | "skipped";
  readonly code?: ErrorCode | undefined;
  /** Candidates that it was given. */
  readonly documents: number;
  readonly totalMs: number;
  /** Of what did answer. */
  readonly usage: Usage;
  readonly parts?: readonly PartRecord[] | undefined;
}

export interface RerankResult {
  /** Best first; ties keep the candidates' order. */
  readonly results: readonly RankedDocument[];
  /** Model id @ revision, with the precision where it matters. */
  readonly model: string;
  /** Of these scores; may differ from the reranker's own where it is made of others. */
  readonly scoreScale: ScoreScale;
  readonly usage: Usage;
  readonly timings: Timings;
  readonly warnings: readonly Warning[];
  /** Of a reranker made of others: what each of them did, in the order in which they were asked. */
  readonly parts?: readonly PartRecord[] | undefined;
}

/** Everything that ranks is one of these; combinators take them and are one. */
export interface Reranker {
  readonly id: string;
  readonly scoreScale: ScoreScale;
  /** Of the model behind it, where calls wait for each other. */
  readonly load?: Load | undefined;
  rerank(request: RerankRequest): Promise<RerankResult>;
  close(): Promise<void>;
}
