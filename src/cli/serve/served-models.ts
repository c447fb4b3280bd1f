import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { LoadOptions } from "../../load.js";
import { resolveModel } from "../../models/index.js";
import { openModelFolder } from "../../models/model-folder.js";
import type { ModelInfo, ServedModel } from "../../serve/index.js";
import type { Reranker } from "../../types/index.js";
import { BUILT_IN } from "../open-reranker.js";
import { badValue } from "../usage-error.js";

export interface Wanted {
  /** Folders and hub ids, the default first. */
  readonly models: readonly string[];
  /** As `NAME=MODEL`. */
  readonly aliases: readonly string[];
  readonly cwd: string;
  readonly loadOptions: LoadOptions;
}

/**
 * The models to serve. Callers know a folder by its last name alone; what an alias stands for is served too.
 *
 * @throws RankwrightError WRONG_USAGE
 */
export function servedModels(
  { models, aliases, cwd, loadOptions }: Wanted,
  load: (model: string) => Promise<Reranker>,
): readonly ServedModel[] {
  const names = new Map<string, string[]>(models.map((model) => [model, []]));
  for (const text of aliases) {
    const [, alias, model] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (alias === undefined || model === undefined) {
      throw badValue("--alias", text, "NAME=MODEL, such as rerank-v3.5=built-in");
    }
    names.set(model, [...(names.get(model) ?? []), alias]);
  }
  return [...names].map(([model, own]) => ({
    name: nameOf(model, cwd),
    aliases: own,
    load: () => load(model),
    info: () => describe(model, loadOptions),
  }));
}

function nameOf(model: string, cwd: string): string {
  const folder = resolve(cwd, model);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? basename(folder) : model;
}

/** Once it is loaded, nothing needs to be downloaded to tell what it is. */
async function describe(model: string, options: LoadOptions): Promise<ModelInfo> {
  const { precision = "float32", maxTokens, variant } = options;
  if (model === BUILT_IN) return { id: model, precision, maxTokens };
  // Our own are no folders that anybody knows of.
  if (model.startsWith("rankwright/")) return { id: model };
  const { revision, endpoint, cacheDir } = options;
  const { id, folder, commit } = await resolveModel(model, {
    revision,
    endpoint,
    cacheDir,
    variant,
    offline: true,
  });
  const read = await openModelFolder(folder, variant);
  return {
    id: basename(id) === basename(folder) ? basename(folder) : id,
    revision: commit,
    precision: read.weights.kind === "onnx" ? "onnx" : precision,
    maxTokens: maxTokens ?? read.maxTokens,
  };
}
