import type { Tokenizer } from "../text/index.js";
import { RankwrightError } from "../types/index.js";
import type { EncoderConfig } from "./encoder-config.js";

/** @throws RankwrightError TOKENIZER_MISMATCH when it can give ids or types that have no embedding */
export function checkTokenizerFit(tokenizer: Tokenizer, config: EncoderConfig, folder: string): void {
  if (tokenizer.vocabSize > config.vocabSize) {
    throw mismatch(
      `${folder}: tokenizer.json has ids up to ${tokenizer.vocabSize - 1}, but config.json has vocab_size ${config.vocabSize}`,
      "vocab_size",
      config.vocabSize,
    );
  }
  const { queryType, documentType } = tokenizer.template;
  const largest = Math.max(queryType, documentType);
  // With a single row there is nothing to choose, and the types are not looked at.
  if (config.tokenTypes > 1 && largest >= config.tokenTypes) {
    throw mismatch(
      `${folder}: tokenizer.json gives token type ${largest}, but config.json has type_vocab_size ${config.tokenTypes}`,
      "type_vocab_size",
      config.tokenTypes,
    );
  }
}

function mismatch(facts: string, field: string, value: number): RankwrightError {
  return new RankwrightError(
    "TOKENIZER_MISMATCH",
    `${facts}; the two belong to different models, so take both from the same folder`,
    { field, value },
  );
}
