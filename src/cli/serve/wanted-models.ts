import type { Io } from "../io.js";
import { BUILT_IN } from "../open-reranker.js";
import type { OptionValues } from "../options/options.js";
import { isSpecFile, readSpecFile } from "../spec-file.js";
import { readModelsFile } from "./read-models-file.js";
import type { Wanted } from "./served-models.js";

/**
 * What flags and files say should be served; the built-in model where they say nothing.
 *
 * @throws RankwrightError WRONG_USAGE
 */
export async function wantedModels(
  { served, modelsFile, alias = [] }: Pick<OptionValues, "served" | "modelsFile" | "alias">,
  { cwd }: Pick<Io, "cwd">,
): Promise<Wanted> {
  const named = modelsFile === undefined ? new Map() : await readModelsFile(modelsFile, cwd);
  const models = served ?? (named.size === 0 ? [BUILT_IN] : []);
  // A mistake in one that is loaded later is told now.
  for (const model of models) if (isSpecFile(model)) await readSpecFile(model, cwd);
  return { models, named, aliases: alias, cwd };
}
