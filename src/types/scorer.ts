import type { Document } from "./document.js";
import type { Evidence } from "./evidence.js";
import type { RemoteUsage } from "./rerank.js";
import type { ScoreScale } from "./score-scale.js";
import type { Warning } from "./warning.js";

/** One query with one document: what a pointwise model reads at once. */
export interface Pair {
  readonly query: string;
  readonly document: Document;
}

export interface ScoreOptions {
  /** For models that take one; others ignore it. */
  readonly instruction?: string | undefined;
  /** Checked between batches; an aborted call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value after which no further batch is started. */
  readonly deadline?: number | undefined;
  /** Whose pairs come first where calls wait for each other: 0 (default) before 1, and so on. */
  readonly priority?: number | undefined;
  /** Called after each batch with the number of pairs whose score is known. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ScoreResult {
  /** One finite score per pair, in the order of the pairs; 0 where `unscored` names the pair. */
  readonly scores: Float64Array;
  /** Indices of pairs without a score, ascending: those that the deadline left, and those that a warning names. */
  readonly unscored?: readonly number[] | undefined;
  /** One per pair, for scorers that read tokens. */
  readonly evidence?: readonly Evidence[] | undefined;
  /** What calls to a remote model took; absent for local models. */
  readonly remote?: RemoteUsage | undefined;
  /** Tokens the model read, special tokens included, padding excluded. */
  readonly tokens?: number | undefined;
  readonly warnings?: readonly Warning[] | undefined;
  /** Milliseconds per stage, e.g. `{ tokenize: 1.2, queue: 0.3, model: 180 }`. */
  readonly stages?: Readonly<Record<string, number>> | undefined;
}

/** What waits for a model at this moment, and how fast it works. */
export interface Load {
  /** Model inputs that have not been started: pairs, or windows of them. */
  readonly queuedSequences: number;
  /** Their tokens, padding excluded. */
  readonly queuedTokens: number;
  /** Tokens per second of recent batches; 0 before the first has ended. */
  readonly pace: number;
}

/** A model that gives each (query, document) pair a number. Implementations never reorder. */
export interface Scorer {
  readonly id: string;
  readonly scoreScale: ScoreScale;
  /** Longest sequence, query and special tokens included; `Infinity` when there is no limit. */
  readonly maxTokens: number;
  /** For scorers whose calls wait for each other; read it again for later values. */
  readonly load?: Load | undefined;
  score(pairs: readonly Pair[], options?: ScoreOptions): Promise<ScoreResult>;
  close(): Promise<void>;
}
