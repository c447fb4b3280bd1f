import { handle } from "./load/handle.js";
import { loadModel, OWN_MODEL } from "./load/load-model.js";
import type { LoadOptions } from "./load/load-options.js";
import { isStore, openStore } from "./load/open-store.js";
import type { RerankerSpec } from "./load/spec.js";
import type { Reranker } from "./types/index.js";

export type { LoadOptions, LoadProgress } from "./load/load-options.js";
export type { CacheOptions } from "./load/open-store.js";
export { SharedModels } from "./load/shared-models.js";
export type { RerankerSpec } from "./load/spec.js";

/**
 * A reranker, ready to use. Without a model: the small English cross-encoder that comes with this package,
 * `rankwright/tiny-en`. With one: a cross-encoder from a folder (`./my-model`) or from the Hugging Face hub
 * (`org/name`, `org/name@revision`), downloaded once into the cache that Python's tools share; or one that needs no
 * neural network: `rankwright/lexical`, `rankwright/first-stage`, `rankwright/as-given`. An object combines
 * several: `{ cascade: [{ model: "rankwright/lexical", keep: 50 }, { model: "org/name" }] }`.
 *
 * @throws RankwrightError; the codes are those of docs/errors.md
 */
export async function loadReranker(
  model: RerankerSpec = OWN_MODEL.id,
  options: LoadOptions = {},
): Promise<Reranker> {
  const { cache, onWarning } = options;
  // One store for all models of a spec, closed with the whole.
  const store = cache && !isStore(cache) ? await openStore(cache, onWarning) : undefined;
  const withStore = store ? { ...options, cache: store } : options;
  try {
    const reranker = await open(model, withStore);
    return store ? handle(reranker, () => reranker.close().finally(() => store.close())) : reranker;
  } catch (error) {
    await store?.close();
    throw error;
  }
}

async function open(model: RerankerSpec, options: LoadOptions): Promise<Reranker> {
  if (typeof model === "string" && !options.shared) return loadModel(model, options);
  // With what checks specs, which a name alone should not wait for.
  const { openSpec } = await import("./load/open-spec.js");
  return openSpec(model, options);
}
