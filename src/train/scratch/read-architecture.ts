import { readFile } from "node:fs/promises";
import { fileError } from "../../files/open-bytes.js";
import { architectureFor } from "../../models/architectures/registry.js";
import { parseConfig, positiveNumber, type RawConfig } from "../../models/config.js";
import { FEATURE_VERSION } from "../../models/lexical/layout.js";
import { RankwrightError } from "../../types/index.js";

/**
 * Reads the architecture of a model that is to be created: a config.json of a family that is known here. What the
 * tokenizer decides (`vocab_size`, `pad_token_id`) may be missing, and the version of the features of our own
 * family, which is today's.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_CONFIG, UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_FEATURE
 */
export async function readArchitecture(path: string): Promise<RawConfig> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  const raw = parseConfig(text, path, "correct it");
  const config = raw.model_type === "rankwright" ? { lexical_features: FEATURE_VERSION, ...raw } : raw;
  try {
    architectureFor(config).readConfig({ vocab_size: 1, ...config });
    weightDeviation(config);
  } catch (error) {
    if (!RankwrightError.isInstance(error)) throw error;
    const { code, field, value } = error;
    const message = error.message.replace(/^config\.json/, path);
    throw new RankwrightError(code, message, { field, value, cause: error });
  }
  return config;
}

/** `initializer_range`: the standard deviation of weights that nothing has learned yet. */
export function weightDeviation(raw: RawConfig): number {
  return positiveNumber(raw, "initializer_range", 0.02);
}
