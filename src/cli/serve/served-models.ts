import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { RerankerSpec } from "../../load.js";
import type { ModelInfo, ServedModel } from "../../serve/index.js";
import { type Reranker, show } from "../../types/index.js";
import { isSpecFile } from "../spec-file.js";
import { badValue, wrongUsage } from "../usage-error.js";

export interface Wanted {
  /** Folders, hub ids and files of specs, the default first. */
  readonly models: readonly string[];
  /** What a file of models names: specs, or another of its names. */
  readonly named: ReadonlyMap<string, RerankerSpec>;
  /** As `NAME=MODEL`, MODEL being one of these or any other. */
  readonly aliases: readonly string[];
  readonly cwd: string;
}

interface Entry {
  readonly name: string;
  readonly source: RerankerSpec;
  readonly aliases: string[];
}

/**
 * The models to serve. Callers know a folder, or a file of a spec, by its last name alone; what an alias stands for
 * is served too.
 *
 * @throws RankwrightError WRONG_USAGE
 */
export function servedModels(
  { models, named, aliases, cwd }: Wanted,
  load: (model: RerankerSpec) => Promise<Reranker>,
  describe: (model: RerankerSpec) => Promise<ModelInfo>,
): readonly ServedModel[] {
  // By what an alias may call them.
  const entries = new Map<string, Entry>();
  const entryOf = (model: string): Entry => {
    const entry = entries.get(model) ?? { name: nameOf(model, cwd), source: model, aliases: [] };
    entries.set(model, entry);
    return entry;
  };
  for (const model of models) entryOf(model);
  for (const [name, source] of named) {
    if (isAlias(name, source, named)) continue;
    entries.set(name, { name, source, aliases: [] });
  }
  for (const [name, source] of named) {
    if (!isAlias(name, source, named)) continue;
    const further = named.get(source);
    if (further !== undefined && isAlias(source, further, named)) {
      throw wrongUsage(
        `--models: ${show(name)} stands for ${show(source)}, which itself stands for ${show(further)}; name a model`,
        { field: "models", value: name },
      );
    }
    entryOf(source).aliases.push(name);
  }
  for (const text of aliases) {
    const [, alias, model] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (alias === undefined || model === undefined) {
      throw badValue("--alias", text, "NAME=MODEL, such as rerank-v3.5=built-in");
    }
    entryOf(model).aliases.push(alias);
  }
  return [...entries.values()].map(({ source, ...entry }) => ({
    ...entry,
    load: () => load(source),
    info: () => describe(source),
  }));
}

/** A name of the file that stands for another of its names; a model may be called by its own id. */
function isAlias(name: string, source: RerankerSpec, named: Wanted["named"]): source is string {
  return typeof source === "string" && source !== name && named.has(source);
}

function nameOf(model: string, cwd: string): string {
  if (isSpecFile(model)) return basename(model, ".json");
  const folder = resolve(cwd, model);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? basename(folder) : model;
}
