import type { Document } from "./document.js";
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
  /** False only where a deadline, a budget or a failing remote model left the candidate without a score of its own. */
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
  /** Milliseconds per stage, in the order in which the stages ran. */
  readonly stages: Readonly<Record<string, number>>;
}

export interface RerankResult {
  /** Best first; ties keep the candidates' order. */
  readonly results: readonly RankedDocument[];
  /** Model id @ revision, with the precision where it matters. */
  readonly model: string;
  readonly scoreScale: ScoreScale;
  readonly usage: Usage;
  readonly timings: Timings;
  readonly warnings: readonly Warning[];
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
