import { RankwrightError, show } from "../../types/index.js";
import type { EncoderConfig } from "../encoder-config.js";
import type { Checkpoint } from "../safetensors/index.js";
import { RARITIES } from "./layout.js";
import { LexicalFeatures } from "./lexical-features.js";
import { readPieces } from "./read-pieces.js";

/** The checkpoint's tensor [vocab_size] of rarity levels; no node of the graph reads it. */
export const RARITY_TENSOR = "rankwright.rarity";

/**
 * What computes the features of a model folder.
 *
 * @throws RankwrightError INVALID_TOKENIZER, MISSING_TENSOR, TENSOR_SHAPE
 */
export async function openLexicalFeatures(
  folder: string,
  checkpoint: Checkpoint,
  { vocabSize }: Pick<EncoderConfig, "vocabSize">,
): Promise<LexicalFeatures> {
  const [pieces, levels] = await Promise.all([readPieces(folder), checkpoint.read(RARITY_TENSOR)]);
  const wrong = levels.find((level) => !(Number.isInteger(level) && level >= 0 && level < RARITIES));
  if (levels.length !== vocabSize || wrong !== undefined || pieces.pieces.length > vocabSize) {
    const found = wrong === undefined ? `${levels.length} numbers` : `the number ${show(wrong)}`;
    throw new RankwrightError(
      "TENSOR_SHAPE",
      `tensor ${RARITY_TENSOR} holds ${found}; it must hold a whole number from 0 to ${RARITIES - 1} for each of ` +
        `the ${vocabSize} ids of config.json, of which tokenizer.json uses ${pieces.pieces.length}`,
      { field: RARITY_TENSOR, value: wrong ?? levels.length },
    );
  }
  return new LexicalFeatures(pieces, Uint8Array.from(levels));
}
