import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Trie } from "../trie.js";
import { serdeFloat } from "./serde-float.js";
import { UnigramModel } from "./unigram-model.js";

const VOCAB: readonly [string, number][] = [
  ["<unk>", 0],
  ["a", -2],
  ["b", -2.5],
  ["ab", -3.5],
  ["aba", -5],
  ["bab", -4.75],
  ["aab", -5.5],
  ["é", -6],
];

function model(block?: number, byteIds?: readonly number[]) {
  const trie = new Trie();
  VOCAB.slice(1).forEach(([piece], i) => {
    trie.set(piece, i + 1);
  });
  const scores = Float64Array.from(VOCAB, ([, score]) => score);
  return new UnigramModel({ trie, scores, unknownId: 0, byteIds }, block);
}

function split(unigram: UnigramModel, word: string) {
  const tokens: [id: number, end: number | undefined][] = [];
  unigram.split(word, (id, end) => tokens.push([id, end]));
  return tokens;
}

/** The best score over all splits, by trying all. */
function bestScore(word: string): number {
  if (word === "") return 0;
  return Math.max(
    ...VOCAB.slice(1)
      .filter(([piece]) => word.startsWith(piece))
      .map(([piece, score]) => score + bestScore(word.slice(piece.length))),
  );
}

describe("UnigramModel", () => {
  it("finds the most likely split", () => {
    expect(split(model(), "ab").map(([id]) => VOCAB[id]?.[0])).toEqual(["ab"]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 }), (word) => {
        const tokens = split(model(), word);
        const score = tokens.reduce((sum, [id]) => sum + (VOCAB[id]?.[1] ?? 0), 0);
        expect(score).toBeCloseTo(bestScore(word));
        expect(tokens.map(([id]) => VOCAB[id]?.[0]).join("")).toBe(word);
      }),
    );
  });

  it("makes one token of unknown characters in a row", () => {
    expect(split(model(), "axyzb😀")).toEqual([
      [1, 1],
      [0, 4],
      [2, 5],
      [0, 7],
    ]);
  });

  it("spells unknown characters in bytes where there are tokens for that", () => {
    const byteIds = Array.from({ length: 256 }, (_, byte) => 1000 + byte);
    expect(split(model(undefined, byteIds), "aü")).toEqual([
      [1, 1],
      [1195, undefined],
      [1188, 2],
    ]);
  });

  it("splits a word the same way in blocks of any size", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "é", "x", "😀"), maxLength: 200 });
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 20 }), (text, block) => {
        expect(split(model(block), text)).toEqual(split(model(), text));
      }),
    );
  });
});

describe("serdeFloat", () => {
  it("reads numbers as the reference's parser does", () => {
    // Pairs of a number and what `tokenizers` 0.23 made of its digits.
    const read: readonly [written: number, parsed: number][] = [
      [-0.43561181361301915, -0.4356118136130191],
      [-12.563669634938593, -12.563669634938591],
      [-9.634415443986683, -9.634415443986684],
      [-1.8133493970870962, -1.813349397087096],
      [-3.4635426998138428, -3.4635426998138428],
      [1e-7, 1e-7],
      [-1.2345678901234568e22, -1.2345678901234568e22],
      [0, 0],
    ];
    for (const [written, parsed] of read) expect(serdeFloat(written)).toBe(parsed);
  });
});
