import { PREFIX } from "./alphabet.js";
import { LONGEST_WORD, NORMALIZER } from "./word-counts.js";

/** Special tokens, in the order of their ids from 0 on. */
export const SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] as const;

/**
 * The tokenizer.json of a lower-casing BERT tokenizer with these pieces, whose ids are their places; the
 * first must be SPECIAL_TOKENS. A pair is `[CLS] query [SEP] document [SEP]`.
 */
export function tokenizerDefinition(pieces: readonly string[]) {
  const special = (id: "[CLS]" | "[SEP]", type: 0 | 1) => ({ SpecialToken: { id, type_id: type } });
  const sequence = (id: "A" | "B", type: 0 | 1) => ({ Sequence: { id, type_id: type } });
  const single = [special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0)];
  const named = (token: "[CLS]" | "[SEP]") => ({
    id: token,
    ids: [SPECIAL_TOKENS.indexOf(token)],
    tokens: [token],
  });
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: NORMALIZER,
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single,
      pair: [...single, sequence("B", 1), special("[SEP]", 1)],
      special_tokens: { "[CLS]": named("[CLS]"), "[SEP]": named("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: PREFIX, cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: PREFIX,
      max_input_chars_per_word: LONGEST_WORD,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
}

export type TokenizerDefinition = ReturnType<typeof tokenizerDefinition>;
