import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTokenizer } from "./load-tokenizer.js";

const goldens = join(import.meta.dirname, "../../goldens/tokenizers");
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rankwright-tokenizer-"));
});
afterEach(() => rm(dir, { recursive: true }));
const write = (name: string, content: unknown) =>
  writeFile(join(dir, name), typeof content === "string" ? content : JSON.stringify(content));

const minimal = (overrides: object = {}) => ({
  added_tokens: [],
  normalizer: { type: "BertNormalizer" },
  pre_tokenizer: { type: "BertPreTokenizer" },
  model: { type: "WordPiece", unk_token: "[UNK]", vocab: { "[PAD]": 0, "[UNK]": 1, a: 2, "##b": 3 } },
  ...overrides,
});

describe("loadTokenizer", () => {
  it("reads a folder", async () => {
    const tokenizer = await loadTokenizer(join(goldens, "unigram"));
    expect(tokenizer).toMatchObject({ kind: "unigram", padId: 1, unknownId: 3 });
    expect(tokenizer.template.before.ids).toEqual([0]);
    expect(tokenizer.vocabSize).toBeGreaterThan(800);
  });

  it("ignores the truncation and padding that a file carries", async () => {
    const truncation = { max_length: 1, strategy: "LongestFirst", stride: 0, direction: "Right" };
    await write(
      "tokenizer.json",
      minimal({ truncation, padding: { strategy: { Fixed: 9 }, pad_token: "[PAD]" } }),
    );
    expect([...(await loadTokenizer(dir)).encode("a ab").ids]).toEqual([2, 2, 3]);
  });

  it("takes the padding token from whichever file names it", async () => {
    await write("tokenizer.json", minimal());
    expect((await loadTokenizer(dir)).padId).toBe(0);
    await write("special_tokens_map.json", { pad_token: { content: "a" } });
    expect((await loadTokenizer(dir)).padId).toBe(2);
    await write("tokenizer_config.json", { pad_token: "##b" });
    expect((await loadTokenizer(dir)).padId).toBe(3);
  });

  it("counts only ids that it can produce", async () => {
    const unused = { id: 99, content: "<extra>", special: true };
    await write("tokenizer.json", minimal({ added_tokens: [unused] }));
    expect((await loadTokenizer(dir)).vocabSize).toBe(4);
    await write("tokenizer.json", minimal({ added_tokens: [{ ...unused, special: false }] }));
    expect((await loadTokenizer(dir)).vocabSize).toBe(100);
  });

  it("reads the bare vocabulary of old BERT checkpoints", async () => {
    await write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nab\nAb\n##c\n");
    const lower = await loadTokenizer(dir);
    expect([...lower.encode("Abc [SEP]").ids]).toEqual([4, 6, 1, 1, 1]);
    expect(lower.template.before.ids).toEqual([2]);
    await write("tokenizer_config.json", { do_lower_case: false });
    expect([...(await loadTokenizer(dir)).encode("Abc").ids]).toEqual([5, 6]);
  });

  it("says what is missing and how to make it", async () => {
    const missing = expect.objectContaining({ code: "MODEL_FILE_MISSING" });
    await expect(loadTokenizer(dir)).rejects.toThrow(missing);
    await expect(loadTokenizer(join(dir, "nowhere"))).rejects.toThrow("is not a folder that can be read");
    await write("sentencepiece.bpe.model", "");
    await expect(loadTokenizer(dir)).rejects.toThrow("Only sentencepiece.bpe.model is there");
  });

  // What each message names.
  const refused: readonly [message: string, overrides: object][] = [
    ['model.type is "WordLevel"', { model: { type: "WordLevel", vocab: {} } }],
    ['normalizer.type is "Lowercase"', { normalizer: { type: "Lowercase" } }],
    ['pre_tokenizer.type is "Whitespace"', { pre_tokenizer: { type: "Whitespace" } }],
    ["model.vocab is", { model: { type: "WordPiece", unk_token: "[UNK]", vocab: {} } }],
    ['model.vocab["a"] is -1', { model: { type: "WordPiece", unk_token: "a", vocab: { a: -1 } } }],
    ['model.unk_token is "?"', { model: { type: "WordPiece", unk_token: "?", vocab: { a: 1 } } }],
    ["model is null", { model: null }],
    ['post_processor.type is "Other"', { post_processor: { type: "Other" } }],
    ["added_tokens is 3", { added_tokens: 3 }],
    ["pre_tokenizer is null", { model: { type: "BPE", vocab: { a: 0 }, merges: [] }, pre_tokenizer: null }],
    [
      'model.merges[0] is "aa"',
      { model: { type: "BPE", vocab: { a: 0 }, merges: ["a a"] }, pre_tokenizer: { type: "ByteLevel" } },
    ],
    [
      'model.end_of_word_suffix is "</w>"',
      {
        model: { type: "BPE", vocab: { a: 0 }, merges: [], end_of_word_suffix: "</w>" },
        pre_tokenizer: { type: "ByteLevel" },
      },
    ],
    [
      "model.unk_id is 7",
      { model: { type: "Unigram", unk_id: 7, vocab: [["<unk>", 0]] }, pre_tokenizer: null },
    ],
    [
      "model.vocab[0][1] is",
      { model: { type: "Unigram", unk_id: 0, vocab: [["<unk>", "0"]] }, pre_tokenizer: null },
    ],
    [
      'normalizer.pattern is "[a-z]"',
      {
        model: { type: "Unigram", unk_id: 0, vocab: [["<unk>", 0]] },
        pre_tokenizer: null,
        normalizer: { type: "Replace", pattern: { Regex: "[a-z]" }, content: "" },
      },
    ],
    [
      "normalizer.precompiled_charsmap is not",
      {
        model: { type: "Unigram", unk_id: 0, vocab: [["<unk>", 0]] },
        pre_tokenizer: null,
        normalizer: { type: "Precompiled", precompiled_charsmap: "AAAA" },
      },
    ],
  ];
  it.each(refused)("refuses a file where %s", async (message, overrides) => {
    await write("tokenizer.json", minimal(overrides));
    await expect(loadTokenizer(dir)).rejects.toThrow(expect.objectContaining({ code: "INVALID_TOKENIZER" }));
    await expect(loadTokenizer(dir)).rejects.toThrow(message);
  });

  it("refuses what is not JSON", async () => {
    await write("tokenizer.json", "{");
    await expect(loadTokenizer(dir)).rejects.toThrow("tokenizer.json is not valid JSON");
  });
});
