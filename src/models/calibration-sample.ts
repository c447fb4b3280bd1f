import { PairEncoder, type Tokenizer } from "../text/index.js";
import type { CalibrationInputs } from "./calibrate.js";
import { CALIBRATION_PAIRS } from "./calibration-texts.js";
import { sha256 } from "./graph-cache.js";

/** Long enough to hold every text of the sample whole. */
const MAX_TOKENS = 256;

/** The sample text as one model reads it. */
export function calibrationInputs(tokenizer: Tokenizer, heads: number, limit: number): CalibrationInputs {
  const encoder = new PairEncoder(tokenizer, { maxTokens: Math.min(MAX_TOKENS, limit) });
  const sequences = CALIBRATION_PAIRS.flatMap(([query, text]) => {
    return encoder.encodeDocument(encoder.encodeQuery(query), { text }).sequences;
  });
  const signature = sha256(sequences.map(({ ids, typeIds }) => `${ids.join()};${typeIds.join()}`).join("|"));
  return { sequences, heads, signature };
}
