import type { CrossEncoderOptions, ResolveOptions } from "../models/index.js";
import type { ScoreStore } from "../rerank/index.js";
import type { Warning } from "../types/index.js";
import type { CacheOptions } from "./open-store.js";
import type { SharedModels } from "./shared-models.js";

/** Work that takes a while, told as it goes. */
export interface LoadProgress {
  readonly stage: "download" | "convert" | "load";
  /** What is being worked on: a file name, or the model. */
  readonly text: string;
  /** Bytes, while downloading. */
  readonly done?: number | undefined;
  readonly total?: number | undefined;
}

/** How to find a model, and how to run it. */
export interface LoadOptions
  extends Omit<CrossEncoderOptions, "onStage">,
    Pick<ResolveOptions, "revision" | "token" | "endpoint" | "offline" | "cacheDir" | "signal" | "fetch"> {
  /**
   * Remember exact scores of pairs: in memory, in Redis or both; or in a store of your own, which closing the
   * reranker leaves open. Default: no cache.
   */
  readonly cache?: CacheOptions | ScoreStore | undefined;
  /** Models that several rerankers have in common are loaded once. Default: those within one call are. */
  readonly shared?: SharedModels | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Called with what the caller should know although loading succeeded. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}
