import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PairEncoder, type Tokenizer } from "../text/index.js";
import type { CalibrationSample } from "./calibrate.js";
import { CALIBRATION_PAIRS } from "./calibration-texts.js";
import { sha256 } from "./graph-cache.js";
import type { ModelFolder } from "./model-folder.js";

/** Long enough to hold every text of the sample whole. */
const MAX_TOKENS = 256;

/** The texts that come with this package, as one model reads them. */
export function calibrationSample(
  model: ModelFolder,
  tokenizer: () => Promise<Tokenizer>,
): CalibrationSample {
  return {
    async signature() {
      const vocabulary = await readFile(join(model.folder, "tokenizer.json"), "utf8").catch(() => "");
      return sha256(JSON.stringify([CALIBRATION_PAIRS, vocabulary]));
    },
    async sequences() {
      const maxTokens = Math.min(MAX_TOKENS, model.maxTokens);
      const encoder = new PairEncoder(await tokenizer(), { maxTokens });
      return CALIBRATION_PAIRS.flatMap(([query, text]) => {
        return encoder.encodeDocument(encoder.encodeQuery(query), { text }).sequences;
      });
    },
  };
}
