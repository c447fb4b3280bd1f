import { stat } from "node:fs/promises";
import { join } from "node:path";
import { abortedError } from "../files/aborted-error.js";
import { type PoolOptions, SessionPool, type WeightSource } from "../onnx/index.js";
import type { Tokenizer } from "../text/index.js";
import { RankwrightError } from "../types/index.js";
import { buildGraph } from "./build-graph.js";
import { calibrationSample } from "./calibration-sample.js";
import { checkLabels } from "./check-labels.js";
import { convert } from "./convert.js";
import { checkpointHash, graphCacheDir } from "./graph-cache.js";
import type { CheckpointWeights, ModelFolder } from "./model-folder.js";
import { OnnxProgram } from "./onnx-program.js";
import { PackedProgram } from "./packed-program.js";
import type { Precision, Program } from "./program.js";
import { openCheckpoint } from "./safetensors/index.js";
import { planThreads } from "./threads.js";

export interface ProgramOptions {
  readonly precision: Precision;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: ((stage: "convert" | "load") => void) | undefined;
  /** Reads the tokenizer, once. Called as soon as the sessions are starting, so that both take place at once. */
  readonly tokenizer: () => Promise<Tokenizer>;
}

/** Starts the sessions of a model folder; a checkpoint is converted first, once. */
export async function openProgram(model: ModelFolder, options: ProgramOptions): Promise<Program> {
  const { weights } = model;
  return weights.kind === "onnx"
    ? openReadyMade(model.folder, weights.path, options)
    : openConverted(model, weights, options);
}

async function openConverted(
  model: ModelFolder,
  { architecture, config }: CheckpointWeights,
  options: ProgramOptions,
): Promise<Program> {
  checkLabels(config.labels, model.folder);
  const checkpoint = await openCheckpoint(model.folder);
  try {
    const graph = buildGraph(architecture, config, checkpoint);
    const features = await architecture.features?.open(model.folder, checkpoint, config);
    const names = new Set(checkpoint.names().map((name) => checkpoint.info(name).file));
    const files = [...names].map((name) => join(model.folder, name));
    const cacheDir = graphCacheDir();
    const path = await convert({
      graph,
      weights: abortable(checkpoint, options.signal),
      weightsHash: await checkpointHash(cacheDir, files, () => checkpoint.identity()),
      precision: options.precision,
      cacheDir,
      heads: config.heads,
      features,
      calibration: calibrationSample(model, options.tokenizer),
      onConvert: () => options.onStage?.("convert"),
    });
    options.onStage?.("load");
    const threads = planThreads(await bytesOf(files), options.threads);
    return new PackedProgram(await openPool(path, threads, options), config, features);
  } finally {
    await checkpoint.close();
  }
}

async function openReadyMade(folder: string, path: string, options: ProgramOptions): Promise<Program> {
  if (options.precision !== "float32") {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `${path} is a ready-made graph, whose precision is fixed; leave precision out, or name another file as the variant`,
      { field: "precision", value: options.precision },
    );
  }
  options.onStage?.("load");
  const pool = await openPool(path, planThreads(await bytesOf([path]), options.threads), options);
  try {
    const program = new OnnxProgram(pool, path, (await options.tokenizer()).padId);
    checkLabels(program.labels, folder);
    return program;
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** The same weights, until the signal says stop. */
function abortable(weights: WeightSource, signal: AbortSignal | undefined): WeightSource {
  return {
    read(tensor) {
      if (signal?.aborted) throw abortedError(signal);
      return weights.read(tensor);
    },
    async *stream(tensor) {
      for await (const piece of weights.stream(tensor)) {
        if (signal?.aborted) throw abortedError(signal);
        yield piece;
      }
    },
  };
}

async function openPool(path: string, threads: PoolOptions, options: ProgramOptions): Promise<SessionPool> {
  const opening = SessionPool.open(path, threads);
  // Its failure is reported where the tokenizer is used.
  options.tokenizer().catch(() => undefined);
  return opening;
}

async function bytesOf(files: readonly string[]): Promise<number> {
  return (await Promise.all(files.map((file) => stat(file)))).reduce((sum, { size }) => sum + size, 0);
}
