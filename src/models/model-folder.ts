import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RankwrightError } from "../types/index.js";
import type { Architecture } from "./architectures/architecture.js";
import { architectureFor, knownArchitecture } from "./architectures/registry.js";
import { type RawConfig, readConfig } from "./config.js";
import type { EncoderConfig } from "./encoder-config.js";
import { selectFiles } from "./hub/index.js";

/** What a folder's JSON files say about its model, before tokenizer and weights are read. */
export interface ModelFolder {
  readonly folder: string;
  /** Longest sequence that model and tokenizer allow. */
  readonly maxTokens: number;
  /** A checkpoint that one of our architectures computes, or a graph that is used as it is. */
  readonly weights: CheckpointWeights | { readonly kind: "onnx"; readonly path: string };
}

export interface CheckpointWeights {
  readonly kind: "checkpoint";
  readonly architecture: Architecture;
  readonly config: EncoderConfig;
}

/** For models whose config.json does not say how many positions they have. */
const DEFAULT_POSITIONS = 512;

/**
 * Reads a model folder in Hugging Face layout.
 * @param variant which weights to take; see docs/models.md
 */
export async function openModelFolder(folder: string, variant?: string): Promise<ModelFolder> {
  const [raw, files] = await Promise.all([readConfig(folder), listFiles(folder)]);
  const selected = selectFiles(files, folder, { variant });
  if (selected.weights.format === "onnx") {
    const path = join(folder, selected.weights.file);
    const maxTokens = await sequenceLimit(folder, raw, knownArchitecture(raw));
    return { folder, maxTokens, weights: { kind: "onnx", path } };
  }
  const architecture = architectureFor(raw);
  const config = architecture.readConfig(raw);
  const maxTokens = await sequenceLimit(folder, raw, architecture);
  return { folder, maxTokens, weights: { kind: "checkpoint", architecture, config } };
}

/**
 * Longest sequence that a model can read, special tokens included: what its position table holds, and
 * no more than the `model_max_length` of tokenizer_config.json.
 *
 * @param architecture absent for the families that only run as ready-made graphs
 */
export async function sequenceLimit(
  folder: string,
  raw: RawConfig,
  architecture: Architecture | undefined,
): Promise<number> {
  const positions = architecture?.maxTokens(architecture.readConfig(raw)) ?? raw.max_position_embeddings;
  const known = typeof positions === "number" && Number.isInteger(positions) && positions >= 1;
  return Math.min(known ? positions : DEFAULT_POSITIONS, await tokenizerLimit(folder));
}

/** All files of a folder and of those one level below, as slash paths. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`));
  const direct = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  return [...direct, ...(await Promise.all(nested)).flat()];
}

/** `model_max_length` of tokenizer_config.json; transformers writes 1e30 for "no limit". */
async function tokenizerLimit(folder: string): Promise<number> {
  const path = join(folder, "tokenizer_config.json");
  const text = await readFile(path, "utf8").catch(() => "{}");
  let limit: unknown;
  try {
    limit = (JSON.parse(text) as { model_max_length?: unknown } | null)?.model_max_length;
  } catch (cause) {
    throw new RankwrightError("INVALID_TOKENIZER", `${path} is not valid JSON; download the model again`, {
      field: "tokenizer_config.json",
      value: path,
      cause,
    });
  }
  return typeof limit === "number" && limit >= 1 ? Math.floor(limit) : Number.POSITIVE_INFINITY;
}
