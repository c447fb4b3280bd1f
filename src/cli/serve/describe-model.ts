import { basename } from "node:path";
import { modelsIn } from "../../load/models-in.js";
import { readSpec } from "../../load/read-spec.js";
import type { LoadOptions, RerankerSpec } from "../../load.js";
import { resolveModel } from "../../models/index.js";
import { openModelFolder } from "../../models/model-folder.js";
import type { ModelInfo } from "../../serve/index.js";
import { BUILT_IN } from "../open-reranker.js";
import { isSpecFile, readSpecFile } from "../spec-file.js";

/**
 * What is known of a model besides its scores; of several that are combined, the longest input that all of them read
 * whole. Once they are loaded, nothing needs to be downloaded to tell.
 */
export async function describeModel(
  given: RerankerSpec,
  loadOptions: LoadOptions,
  cwd: string,
): Promise<ModelInfo> {
  const spec = readSpec(
    typeof given === "string" && isSpecFile(given) ? await readSpecFile(given, cwd) : given,
  );
  const models = modelsIn(spec);
  const infos = await Promise.all(
    models.map(({ model, options }) => describe(model, { ...loadOptions, ...options })),
  );
  if (spec.kind.key === "model") return infos[0] ?? {};
  const limits = infos.map(({ maxTokens }) => maxTokens).filter((limit) => limit !== undefined);
  return limits.length === 0 ? {} : { maxTokens: Math.min(...limits) };
}

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
