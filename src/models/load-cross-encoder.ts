import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SessionPool } from "../onnx/index.js";
import {
  loadTokenizer,
  PairEncoder,
  type PairOptions,
  type Tokenizer,
  type WindowOptions,
} from "../text/index.js";
import { RankwrightError, show } from "../types/index.js";
import type { Architecture } from "./architectures/architecture.js";
import { architectureFor } from "./architectures/registry.js";
import { buildGraph } from "./build-graph.js";
import { calibrationInputs } from "./calibration-sample.js";
import { type RawConfig, readConfig } from "./config.js";
import { convert } from "./convert.js";
import { CrossEncoder } from "./cross-encoder.js";
import type { EncoderConfig } from "./encoder-config.js";
import { checkpointHash, graphCacheDir } from "./graph-cache.js";
import type { Scores } from "./heads.js";
import { selectFiles } from "./hub/index.js";
import { OnnxProgram } from "./onnx-program.js";
import { PackedProgram } from "./packed-program.js";
import type { Precision, Program } from "./program.js";
import { openCheckpoint } from "./safetensors/index.js";
import { planThreads } from "./threads.js";

export interface CrossEncoderOptions {
  /** Default `float32`. With `int8` the model is calibrated once, on text that comes with this package. */
  readonly precision?: Precision | undefined;
  /** Processors to use. Default: all that are available. */
  readonly threads?: number | undefined;
  /** Longest sequence, query and special tokens included. Default and limit: the model's own. */
  readonly maxTokens?: number | undefined;
  /** What gives way when a pair is too long. Default `only_second`: the document, after a cap on the query. */
  readonly truncation?: PairOptions["truncation"];
  /** Tokens that a query may take. Default: half of the room. */
  readonly maxQueryTokens?: number | undefined;
  /** Read long documents in windows instead of cutting them. */
  readonly windows?: WindowOptions | undefined;
  /** Padded tokens per batch. Default 512, which measured fastest. */
  readonly batchTokens?: number | undefined;
  /** `logit` (default): as the head gives it. `probability`: its sigmoid. */
  readonly scores?: Scores | undefined;
  /** Which weights of the folder to use, e.g. `onnx` or `quantized`; see docs/models.md. */
  readonly variant?: string | undefined;
  /** Called before work that takes a while. */
  readonly onStage?: ((stage: "convert" | "load") => void) | undefined;
}

const BATCH_TOKENS = 512;

/**
 * Loads a cross-encoder from a folder in Hugging Face layout.
 * @param id how results name the model
 * @throws RankwrightError with the codes of model folders, options and caches (docs/errors.md)
 */
export async function loadCrossEncoder(
  folder: string,
  id: string,
  options: CrossEncoderOptions = {},
): Promise<CrossEncoder> {
  const { precision = "float32", scores = "logit", batchTokens = BATCH_TOKENS } = options;
  choice("precision", precision, ["float32", "int8"]);
  choice("scores", scores, ["logit", "probability"]);
  if (!Number.isSafeInteger(batchTokens) || batchTokens < 1) {
    throw invalidOption("batchTokens", batchTokens, "a whole number of at least 1");
  }
  const [raw, tokenizer, files] = await Promise.all([
    readConfig(folder),
    loadTokenizer(folder),
    listFiles(folder),
  ]);
  const { weights } = selectFiles(files, folder, { variant: options.variant });
  const readyMade = weights.format === "onnx";
  const architecture = readyMade ? undefined : architectureFor(raw);
  const config = architecture?.readConfig(raw);
  if (config !== undefined) checkFit(tokenizer, config, folder);
  const limit = Math.min(
    architecture?.maxTokens(config as EncoderConfig) ?? Number.POSITIVE_INFINITY,
    (await tokenizerLimit(folder)) ?? Number.POSITIVE_INFINITY,
    positions(raw) ?? 512,
  );
  const maxTokens = options.maxTokens ?? limit;
  if (maxTokens > limit)
    throw invalidOption("maxTokens", maxTokens, `at most ${limit}, the model's own limit`);
  const encoder = new PairEncoder(tokenizer, {
    maxTokens,
    truncation: options.truncation,
    maxQueryTokens: options.maxQueryTokens,
    windows: options.windows,
  });
  const program =
    architecture === undefined || config === undefined
      ? await openReadyMade(join(folder, weights.file), tokenizer, precision, options)
      : await openConverted(folder, architecture, config, tokenizer, precision, options);
  if (program.labels > 2) {
    await program.close();
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `${folder} has ${program.labels} labels; a re-ranker has 1 (a score) or 2 (not relevant, relevant)`,
      { field: "num_labels", value: program.labels },
    );
  }
  return new CrossEncoder(encoder, program, {
    id: `${id} (${readyMade ? "onnx" : precision})`,
    maxTokens,
    scores,
    batchTokens,
  });
}

async function openConverted(
  folder: string,
  architecture: Architecture,
  config: EncoderConfig,
  tokenizer: Tokenizer,
  precision: Precision,
  options: CrossEncoderOptions,
): Promise<Program> {
  const checkpoint = await openCheckpoint(folder);
  try {
    const files = [...new Set(checkpoint.names().map((name) => checkpoint.info(name).file))];
    const cacheDir = graphCacheDir();
    const graph = buildGraph(architecture, config, checkpoint);
    const paths = files.map((file) => join(folder, file));
    const weightsHash = await checkpointHash(cacheDir, paths, () => checkpoint.identity());
    options.onStage?.("convert");
    const path = await convert({
      graph,
      checkpoint,
      weightsHash,
      precision,
      cacheDir,
      calibration: calibrationInputs(tokenizer, config, architecture.maxTokens(config)),
    });
    options.onStage?.("load");
    const bytes = (await Promise.all(paths.map((file) => stat(file)))).reduce(
      (sum, { size }) => sum + size,
      0,
    );
    return new PackedProgram(await SessionPool.open(path, planThreads(bytes, options.threads)), config);
  } finally {
    await checkpoint.close();
  }
}

async function openReadyMade(
  path: string,
  tokenizer: Tokenizer,
  precision: Precision,
  options: CrossEncoderOptions,
): Promise<Program> {
  if (precision === "int8") {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `${path} is a ready-made graph, whose precision is fixed; leave precision out, or name another file as the variant`,
      { field: "precision", value: precision },
    );
  }
  options.onStage?.("load");
  const { size } = await stat(path);
  const pool = await SessionPool.open(path, planThreads(size, options.threads));
  try {
    return new OnnxProgram(pool, path, tokenizer.padId);
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** All files of a folder and of those one level below, as slash paths. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
  );
  return [...entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name), ...nested.flat()];
}

function checkFit(tokenizer: Tokenizer, config: EncoderConfig, folder: string): void {
  if (tokenizer.vocabSize > config.vocabSize) {
    throw new RankwrightError(
      "TOKENIZER_MISMATCH",
      `${folder}: tokenizer.json has ids up to ${tokenizer.vocabSize - 1}, but config.json gives vocab_size ${config.vocabSize}; ` +
        "the two belong to different models",
      { field: "vocab_size", value: config.vocabSize },
    );
  }
  const { queryType, documentType } = tokenizer.template;
  const largest = Math.max(queryType, documentType);
  if (config.tokenTypes > 1 && largest >= config.tokenTypes) {
    throw new RankwrightError(
      "TOKENIZER_MISMATCH",
      `${folder}: tokenizer.json gives token type ${largest}, but config.json has type_vocab_size ${config.tokenTypes}`,
      { field: "type_vocab_size", value: config.tokenTypes },
    );
  }
}

/** `model_max_length` of tokenizer_config.json, unless it is the "unlimited" 1e30 or absent. */
async function tokenizerLimit(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, "tokenizer_config.json"), "utf8").catch(() => "{}");
  let limit: unknown;
  try {
    limit = (JSON.parse(text) as { model_max_length?: unknown }).model_max_length;
  } catch {
    return undefined;
  }
  return typeof limit === "number" && limit >= 1 && limit <= 1e6 ? Math.floor(limit) : undefined;
}

function positions(config: RawConfig): number | undefined {
  const value = config.max_position_embeddings;
  return typeof value === "number" && value >= 1 ? value : undefined;
}

function choice(field: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) throw invalidOption(field, value, allowed.join(" or "));
}

function invalidOption(field: string, value: unknown, wanted: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; it must be ${wanted}`, {
    field,
    value,
  });
}
