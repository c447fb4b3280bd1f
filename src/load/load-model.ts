import { fileURLToPath } from "node:url";
import { type DownloadProgress, loadCrossEncoder, resolveModel } from "../models/index.js";
import { asGiven, cachedScorer, firstStage, lexicalScorer, pointwise } from "../rerank/index.js";
import type { Reranker, Scorer } from "../types/index.js";
import type { LoadOptions } from "./load-options.js";
import { isStore, openStore } from "./open-store.js";

/** The cross-encoder that comes with this package, in English; recipes/default trains it. */
export const OWN_MODEL = {
  id: "rankwright/tiny-en",
  folder: fileURLToPath(new URL("../../model", import.meta.url)),
};
/** What the command line calls it, and so may specs. */
const BUILT_IN = "built-in";

/** Rerankers that are no files. */
const WITHOUT_FILES: Readonly<Record<string, () => Reranker | Scorer>> = {
  "rankwright/lexical": lexicalScorer,
  "rankwright/first-stage": firstStage,
  "rankwright/as-given": asGiven,
};

/** One of several names of the same model. */
export function canonicalName(model: string): string {
  return model === BUILT_IN ? OWN_MODEL.id : model;
}

/** One model, by name. @throws RankwrightError; the codes are those of docs/errors.md */
export async function loadModel(model: string, options: LoadOptions): Promise<Reranker> {
  const make = Object.hasOwn(WITHOUT_FILES, model) ? WITHOUT_FILES[model] : undefined;
  if (make) {
    const made = make();
    if (options.cache) warnUncached(model, options);
    return "score" in made ? pointwise(made) : made;
  }
  const { id, folder } = canonicalName(model) === OWN_MODEL.id ? OWN_MODEL : await find(model, options);
  const scorer = await loadCrossEncoder(folder, id, {
    ...options,
    onStage: (stage) => options.onProgress?.({ stage, text: id }),
  });
  if (!options.cache) return pointwise(scorer);
  try {
    return pointwise(await withCache(scorer, options.cache, options));
  } catch (error) {
    await scorer.close();
    throw error;
  }
}

/** A store that is opened here is closed with the model. */
async function withCache(
  scorer: Scorer,
  cache: NonNullable<LoadOptions["cache"]>,
  { onWarning }: LoadOptions,
): Promise<Scorer> {
  // Read now, rather than while the first request waits.
  await scorer.fingerprint?.();
  if (isStore(cache)) return cachedScorer(scorer, { store: cache });
  return cachedScorer(scorer, { store: await openStore(cache, onWarning), closeStore: true });
}

function warnUncached(model: string, { onWarning }: LoadOptions): void {
  const message = `${model} has no cache: its scores depend on more than one pair`;
  onWarning?.({ code: "not_applied", message });
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
