import type { Load, Reranker } from "../../types/index.js";

/** What is known of a model besides its scores. */
export interface ModelInfo {
  /** Where it comes from: `org/name`, or the name of a folder. */
  readonly id?: string | undefined;
  /** Commit or other version. */
  readonly revision?: string | undefined;
  readonly precision?: string | undefined;
  /** Longest input in tokens, query and document together. */
  readonly maxTokens?: number | undefined;
}

/** A model that callers may name. */
export interface ServedModel {
  readonly name: string;
  /** Further names, such as the one that a client has built in. */
  readonly aliases?: readonly string[] | undefined;
  /** Called when the model is first needed, and again after it was unloaded or could not be loaded. */
  load(): Promise<Reranker>;
  /** Called once after the first load that succeeds. */
  info?(): ModelInfo | Promise<ModelInfo>;
}

/** `idle`: was loaded and may be again; `failed`: could not be loaded. */
export type ModelStatus = "new" | "loading" | "loaded" | "idle" | "failed";

/** How a model is doing. */
export interface ModelState {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly status: ModelStatus;
  /** Requests that it is working on. */
  readonly working: number;
  readonly info: ModelInfo;
  /** What waits for it, where it is loaded and can tell. */
  readonly load: Load | undefined;
}
