import { fileURLToPath } from "node:url";
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

/** The cross-encoder that comes with this package, in English; recipes/default trains it. */
const OWN_MODEL = { id: "rankwright/tiny-en", folder: fileURLToPath(new URL("../model", import.meta.url)) };
/** Counts words and reads nothing. */
const LEXICAL_MODEL = "rankwright/lexical";

/**
 * A reranker, ready to use. Without a model: the small English cross-encoder that comes with this package,
 * `rankwright/tiny-en`. With one: a cross-encoder from a folder (`./my-model`) or from the Hugging Face hub
 * (`org/name`, `org/name@revision`), downloaded once into the cache that Python's tools share; or
 * `rankwright/lexical`, which needs no neural network.
 *
 * @throws RankwrightError; the codes are those of docs/errors.md
 */
export async function loadReranker(
  model: string = OWN_MODEL.id,
  options: LoadOptions = {},
): Promise<Reranker> {
  if (model === LEXICAL_MODEL) return pointwise(lexicalScorer());
  const { id, folder } = model === OWN_MODEL.id ? OWN_MODEL : await find(model, options);
  const scorer = await loadCrossEncoder(folder, id, {
    ...options,
    onStage: (stage) => options.onProgress?.({ stage, text: id }),
  });
  return pointwise(scorer);
}

async function find(
  model: string,
  options: LoadOptions,
): Promise<{ readonly id: string; readonly folder: string }> {
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
  return { id, folder: resolved.folder };
}
