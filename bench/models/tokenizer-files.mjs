import { MAX_TOKENS } from "./shapes.mjs";

/**
 * What a BERT model folder says about its tokenizer.
 * @param {readonly string[]} vocabulary
 * @returns {Record<string, unknown>} contents by file name
 */
export function tokenizerFiles(vocabulary) {
  const id = (/** @type {string} */ token) => vocabulary.indexOf(token);
  const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
  const template = (/** @type {string} */ item) => {
    const [name, type] = item.split(":");
    const key = name.startsWith("[") ? "SpecialToken" : "Sequence";
    return { [key]: { id: name, type_id: Number(type) } };
  };
  return {
    "tokenizer.json": {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: special.map((content) => ({
        id: id(content),
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
      normalizer: {
        type: "BertNormalizer",
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: "BertPreTokenizer" },
      post_processor: {
        type: "TemplateProcessing",
        single: ["[CLS]:0", "A:0", "[SEP]:0"].map(template),
        pair: ["[CLS]:0", "A:0", "[SEP]:0", "B:1", "[SEP]:1"].map(template),
        special_tokens: Object.fromEntries(
          ["[CLS]", "[SEP]"].map((token) => [token, { id: token, ids: [id(token)], tokens: [token] }]),
        ),
      },
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((token, index) => [token, index])),
      },
    },
    "tokenizer_config.json": {
      tokenizer_class: "BertTokenizer",
      do_lower_case: true,
      model_max_length: MAX_TOKENS,
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      cls_token: "[CLS]",
      sep_token: "[SEP]",
      mask_token: "[MASK]",
    },
  };
}
