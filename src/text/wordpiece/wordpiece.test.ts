import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTokenizer } from "../build-tokenizer.js";
import { Trie } from "../trie.js";
import { WordPieceModel } from "./wordpiece-model.js";

describe("WordPieceModel", () => {
  const trie = new Trie();
  ["un", "##aff", "##able", "##a", "able", "##"].forEach((piece, id) => {
    trie.set(piece, id);
  });
  const model = new WordPieceModel(trie, { unknownId: 9, continuingPrefix: "##", maxWordCharacters: 10 });
  const split = (word: string) => model.split(word, 0, word.length);

  it("takes the longest piece that fits, again and again", () => {
    expect(split("unaffable")).toEqual([0, 1, 2]);
    expect(split("able")).toEqual([4]);
  });

  it("knows a word wholly or not at all", () => {
    expect(split("unaffected")).toEqual([9]);
    expect(split("unaaaaaaaa")).toHaveLength(9);
    expect(split("unaaaaaaaaa")).toEqual([9]);
  });
});

describe("a WordPiece tokenizer", () => {
  const file = join(import.meta.dirname, "../../../goldens/tokenizers/wordpiece/tokenizer.json");
  const definition = JSON.parse(readFileSync(file, "utf8"));
  const tokenizer = buildTokenizer({ tokenizer: definition });
  // An added token of its own makes it take the general path, which normalises the whole text.
  const other = { id: 9999, content: "an added token that no text holds", normalized: false, special: false };
  const general = buildTokenizer({
    tokenizer: { ...definition, added_tokens: [...definition.added_tokens, other] },
  });

  it("gives the same from run to run as from the text as a whole", () => {
    const awkward = fc.constantFrom(..."aA é\u0301\u0000\n.中=\u0338≠\u00a0\u200dß😀");
    const text = fc.oneof(
      fc.string({ unit: awkward, maxLength: 30 }),
      fc.string({ unit: "binary", maxLength: 30 }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const fast = tokenizer.encode(source);
        const whole = general.encode(source);
        expect(fast.ids.join()).toBe(whole.ids.join());
        expect(fast.starts.join()).toBe(whole.starts.join());
        // Accents that change places behind a sign belong to it only where they are seen together.
        expect(fast.ends.every((end, i) => end <= (whole.ends[i] ?? 0))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("places tokens on their words, whatever normalisation drops or adds", () => {
    const text = "  The\u0000re 中文 e\u0301te!";
    const { starts, ends } = tokenizer.encode(text);
    const words = [...new Set(Array.from(starts, (start, i) => text.slice(start, ends[i])))];
    expect(words).toEqual(["The\u0000re", "中", "文", "e\u0301te", "!"]);
  });

  it("reads special tokens in a text as ordinary characters", () => {
    const special = new Set<number>(definition.added_tokens.map(({ id }: { id: number }) => id));
    special.delete(tokenizer.unknownId ?? -1);
    const { ids } = tokenizer.encode("[CLS] a [SEP][PAD] [MASK]");
    expect(ids.some((id) => special.has(id))).toBe(false);
  });

  it("reads lone surrogates as U+FFFD, and stays in step behind them", () => {
    expect(tokenizer.encode("a\ud800b")).toEqual(tokenizer.encode("a\ufffdb"));
    expect(tokenizer.encode("\ud800 city").starts.at(-1)).toBe(2);
  });

  it("keeps only the head and the tail asked for", () => {
    const all = tokenizer.encode("the city council voted to open a library");
    const { ids, total } = tokenizer.encode("the city council voted to open a library", { head: 2, tail: 1 });
    expect([...ids]).toEqual([all.ids[0], all.ids[1], all.ids.at(-1)]);
    expect(total).toBe(all.ids.length);
    expect(() => tokenizer.encode("a", { head: -1 })).toThrow("head is -1");
    expect(() => tokenizer.encode("a", { tail: 0.5 })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});
