const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const WORDS = "iron magnet magnets pull pulling the cat river under".split(" ");

/** A WordPiece tokenizer.json of a few words, of which letters make the others; digits and é are unknown. */
export const TINY_TOKENIZER = tokenizerOf([
  ...SPECIAL,
  ..."?.,中東京",
  ...LETTERS,
  ...LETTERS.map((letter) => `##${letter}`),
  ...WORDS,
  "##ing",
  "##ground",
]);

/** A level for each id: words of one letter are common, the longer the rarer. */
export const TINY_RARITY = Object.keys(TINY_TOKENIZER.model.vocab).map((piece) =>
  piece === "[UNK]" ? 13 : Math.min(15, 2 * piece.replace("##", "").length - 2),
);

function tokenizerOf(pieces: readonly string[]) {
  const special = (id: string, type: number) => ({ SpecialToken: { id, type_id: type } });
  const named = (id: string) => ({ id, ids: [pieces.indexOf(id)], tokens: [id] });
  return {
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      pair: [
        special("[CLS]", 0),
        { Sequence: { id: "A", type_id: 0 } },
        special("[SEP]", 0),
        { Sequence: { id: "B", type_id: 1 } },
        special("[SEP]", 1),
      ],
      special_tokens: { "[CLS]": named("[CLS]"), "[SEP]": named("[SEP]") },
    },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
}
