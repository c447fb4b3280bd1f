import {
  type CrossEncoderOptions,
  type DownloadProgress,
  loadCrossEncoder,
  type ResolveOptions,
  resolveModel,
} from "./models/index.js";
import { lexicalScorer, pointwise } from "./rerank/index.js";
import type { Reranker, Warning } from "./types/index.js";

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
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Called with what the caller should know although loading succeeded. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/**
 * A reranker, ready to use. Without a model: the built-in lexical scorer, which needs no download.
 * With one: a cross-encoder from a folder (`./my-model`) or from the Hugging Face hub
 * (`org/name`, `org/name@revision`), downloaded once into the cache that Python's tools share.
 *
 * @throws RankwrightError; the codes are those of docs/errors.md
 */
export async function loadReranker(model?: string, options: LoadOptions = {}): Promise<Reranker> {
  if (model === undefined) return pointwise(lexicalScorer());
  const { onProgress, onWarning } = options;
  const resolved = await resolveModel(model, {
    ...options,
    onProgress: ({ file, receivedBytes, totalBytes }: DownloadProgress) =>
      onProgress?.({ stage: "download", text: file, done: receivedBytes, total: totalBytes }),
  });
  if (resolved.unverified !== undefined) {
    const message = `the hub could not confirm that the cached ${resolved.id} is up to date: ${resolved.unverified.message}`;
    onWarning?.({ code: "unverified", message });
  }
  const id = resolved.commit === undefined ? resolved.id : `${resolved.id}@${resolved.commit.slice(0, 12)}`;
  const scorer = await loadCrossEncoder(resolved.folder, id, {
    ...options,
    onStage: (stage) => onProgress?.({ stage, text: resolved.id }),
  });
  return pointwise(scorer);
}
