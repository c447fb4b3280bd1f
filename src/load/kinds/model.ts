import { z } from "zod";
import type { CrossEncoderOptions } from "../../models/index.js";
import { number, object, oneOf, text, whole } from "../fields.js";
import type { Kind } from "../kind.js";
import { canonicalName, loadModel } from "../load-model.js";
import type { LoadOptions } from "../load-options.js";
import type { CacheOptions } from "../open-store.js";

/** A model by name, with options of its own that come before those of the call. */
export interface ModelSpec extends ModelFields {
  /** As `loadReranker` takes it: a folder, a hub id, or one of `rankwright/…`. */
  readonly model: string;
}

interface ModelFields
  extends Pick<
    CrossEncoderOptions,
    | "precision"
    | "threads"
    | "maxTokens"
    | "truncation"
    | "maxQueryTokens"
    | "maxDocumentTokens"
    | "windows"
    | "batchTokens"
    | "maxQueuedTokens"
    | "maxQueueMs"
    | "scores"
    | "variant"
  > {
  readonly revision?: string | undefined;
  readonly cache?: CacheOptions | undefined;
}

const headTail = object({ head: whole(0).unwrap(), tail: whole(0).unwrap() });

export const modelKind: Kind<string, ModelFields, never> = {
  key: "model",
  value: text("the name of a model: a folder, a hub id as org/name, or one of rankwright/…"),
  fields: z.strictObject({
    precision: oneOf("float32", "int8"),
    threads: whole(1),
    maxTokens: whole(1),
    truncation: z
      .union([z.enum(["only_second", "longest_first", "head_tail", "error"]), headTail], {
        error: "give only_second, longest_first, head_tail, error, or { head, tail }",
      })
      .optional(),
    maxQueryTokens: whole(1),
    maxDocumentTokens: whole(1),
    windows: object({
      tokens: whole(1),
      overlap: whole(0),
      maxWindows: whole(1),
      aggregate: oneOf("max", "mean", "top_k", "first"),
      topK: whole(1),
    }).optional(),
    batchTokens: whole(1),
    maxQueuedTokens: whole(1),
    maxQueueMs: number("milliseconds above 0", (ms) => ms > 0),
    scores: oneOf("logit", "probability"),
    variant: text("a name such as onnx or quantized").optional(),
    revision: text("a branch, tag or commit").optional(),
    cache: object({
      memoryMb: number("megabytes above 0", (megabytes) => megabytes > 0),
      redis: text("an address such as redis://host:6379/0").optional(),
      ttlSeconds: whole(1),
    }).optional(),
  }),
  async open({ value, fields, load }) {
    const options: LoadOptions = { ...load, ...fields };
    const open = () => loadModel(value, options);
    return load.shared ? load.shared.use(shareKey(canonicalName(value), options), open) : open();
  },
};

/** Everything that makes one loaded model another one; the circumstances of loading do not. */
function shareKey(model: string, options: LoadOptions): string {
  const { onProgress, onWarning, signal, fetch, shared, cache, ...own } = options;
  const kept = cache && "getMany" in cache ? "a store of the caller's" : cache;
  return JSON.stringify([
    model,
    kept,
    Object.entries(own)
      .filter(([, value]) => value !== undefined)
      .sort(),
  ]);
}
