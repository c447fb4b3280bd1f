import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tokenizer } from "../text/index.js";
import { RankwrightError } from "../types/index.js";
import type { Architecture } from "./architectures/architecture.js";
import type { RawConfig } from "./config.js";
import type { EncoderConfig } from "./encoder-config.js";

/** All files of a folder and of those one level below, as slash paths. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
  );
  return [...entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name), ...nested.flat()];
}

/** Used where a ready-made graph of an unknown family says nothing. */
const USUAL_LIMIT = 512;

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
  const limit = typeof positions === "number" && positions >= 1 ? positions : USUAL_LIMIT;
  return Math.min(limit, (await tokenizerLimit(folder)) ?? limit);
}

/** `model_max_length`, unless it is absent or the 1e30 that stands for "no limit". */
async function tokenizerLimit(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, "tokenizer_config.json"), "utf8").catch(() => "{}");
  let limit: unknown;
  try {
    limit = (JSON.parse(text) as { model_max_length?: unknown } | null)?.model_max_length;
  } catch {
    return undefined;
  }
  return typeof limit === "number" && limit >= 1 && limit <= 1e6 ? Math.floor(limit) : undefined;
}

/** @throws RankwrightError TOKENIZER_MISMATCH when it can produce what the model has no embedding for */
export function checkTokenizerFits(tokenizer: Tokenizer, config: EncoderConfig, folder: string): void {
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
