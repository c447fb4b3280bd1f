import { invalidTokenizer, isObject } from "../json.js";

/**
 * The tokenizer.json that a bare BERT vocabulary (one token a line) stands for. `config` is
 * tokenizer_config.json, which may switch lower-casing off.
 */
export function tokenizerFromVocab(text: string, config: unknown): unknown {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const vocab = Object.fromEntries(lines.map((token, id) => [token, id]));
  const options = isObject(config) ? config : {};
  const named = (key: string, usual: string): string => {
    const value = options[key];
    const content = isObject(value) ? value.content : value;
    return typeof content === "string" ? content : usual;
  };
  const [cls, sep, unknown] = [
    named("cls_token", "[CLS]"),
    named("sep_token", "[SEP]"),
    named("unk_token", "[UNK]"),
  ];
  for (const token of [cls, sep]) {
    if (!Object.hasOwn(vocab, token))
      throw invalidTokenizer("vocab.txt", token, "the vocabulary has no such token.");
  }
  return {
    added_tokens: [],
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: options.tokenize_chinese_chars ?? true,
      strip_accents: options.strip_accents ?? null,
      lowercase: options.do_lower_case ?? true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: { type: "BertProcessing", cls: [cls, vocab[cls]], sep: [sep, vocab[sep]] },
    model: { type: "WordPiece", vocab, unk_token: unknown },
  };
}
