import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { type Journal, openJournal } from "../../evaluate/index.js";
import type { LoadOptions, RerankerSpec } from "../../load.js";
import { graphCacheDir } from "../../models/graph-cache.js";
import { type ErrorCode, RankwrightError, type Reranker, type Warning } from "../../types/index.js";
import type { Io } from "../io.js";
import { isSpecFile, readSpecFile } from "../spec-file.js";

/** What means that nothing can be written, rather than that what is there is wrong. */
const NOT_KEPT: ReadonlySet<ErrorCode> = new Set(["CACHE_FAILED", "DISK_FULL"]);
/** Options that only say how a model is found. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(["offline", "endpoint", "cacheDir"]);
/** Files of a model folder that loading reads. */
const MODEL_FILES = /\.(json|txt|model|safetensors|onnx|onnx_data)$/;

export interface ModelJournalJob {
  readonly reranker: Reranker;
  /** A folder, a hub id, a file that combines models, or none of these. */
  readonly model: string | undefined;
  readonly loadOptions: LoadOptions;
  readonly collection: string;
  readonly fresh: boolean | undefined;
  readonly io: Pick<Io, "env" | "cwd">;
  readonly onWarning: (warning: Warning) => void;
}

/**
 * Opens the journal that keeps a model's scores on a collection: another one for every version of the model
 * and of this package, for every option that changes scores or how long they take, and for other contents of a file
 * that combines models. A folder's version is the size and time of each of its files. Where nothing can be kept, a
 * warning says so and there is none.
 */
export async function openModelJournal(job: ModelJournalJob): Promise<Journal | undefined> {
  const { reranker, model, loadOptions, collection, fresh, io, onWarning } = job;
  const { version } = createRequire(import.meta.url)("../../../package.json") as { version: string };
  const settings = Object.entries(loadOptions)
    .filter(([name, value]) => value !== undefined && !WITHOUT_EFFECT.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const spec = isSpecFile(model) ? await readSpecFile(model, io.cwd) : undefined;
  const models = spec === undefined ? [model] : await modelsOf(spec);
  const files = await Promise.all(models.map((each) => folderFacts(each && resolve(io.cwd, each))));
  const facts = {
    version,
    id: reranker.id,
    spec,
    settings,
    files: files.flat(),
    collection: resolve(io.cwd, collection),
  };
  const key = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 24);
  try {
    return await openJournal(join(graphCacheDir(io.env), "scores", `${key}.jsonl`), { fresh });
  } catch (error) {
    if (!RankwrightError.isInstance(error) || !NOT_KEPT.has(error.code)) throw error;
    onWarning({ code: "scores_not_kept", message: error.message });
    return undefined;
  }
}

async function modelsOf(spec: RerankerSpec): Promise<readonly string[]> {
  const [{ readSpec }, { modelsIn }] = await Promise.all([
    import("../../load/read-spec.js"),
    import("../../load/models-in.js"),
  ]);
  return modelsIn(readSpec(spec)).map(({ model }) => model);
}

/** Nothing for what is no folder: a hub model's commit is part of its id. */
async function folderFacts(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const facts = names
    .filter((name) => MODEL_FILES.test(name))
    .sort()
    .map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return `${name} ${found?.size} ${found?.mtimeMs}`;
    });
  return Promise.all(facts);
}
