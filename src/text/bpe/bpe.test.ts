import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BpeModel } from "./bpe-model.js";
import { byteAlphabet } from "./byte-alphabet.js";
import { gpt2PrefixedWordEnd, gpt2WordEnd } from "./gpt2-words.js";
import { MinHeap } from "./min-heap.js";
import { PairTable } from "./pair-table.js";

const GPT2 = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
const units = fc.constantFrom(..."ab1٣ \n\t\u00a0.'’!stmdrelv中é😀𝟎\u0301");
const text = fc.string({ unit: units, maxLength: 40 });

describe("gpt2WordEnd", () => {
  it("splits like GPT-2's expression", () => {
    fc.assert(
      fc.property(text, (source) => {
        const words: string[] = [];
        for (let at = 0; at < source.length; ) {
          const end = gpt2WordEnd(source, at, source.length);
          words.push(source.slice(at, end));
          at = end;
        }
        expect(words).toEqual(source.match(GPT2) ?? []);
      }),
      { numRuns: 1000 },
    );
  });

  it("knows the first word behind a space that is yet to be put there", () => {
    fc.assert(
      fc.property(
        text.filter((source) => source !== "" && !source.startsWith(" ")),
        (source) => {
          const end = gpt2PrefixedWordEnd(source, 0, source.length);
          expect(` ${source.slice(0, end)}`).toBe(` ${source}`.match(GPT2)?.[0]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("byteAlphabet", () => {
  it("has a character of its own for each byte", () => {
    const alphabet = byteAlphabet();
    expect(new Set(alphabet).size).toBe(256);
    expect([alphabet[0x41], alphabet[0x20], alphabet[0x0a], alphabet[0xad]]).toEqual(["A", "Ġ", "Ċ", "Ń"]);
  });
});

describe("MinHeap", () => {
  it("sorts", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 300 }), (numbers) => {
        const heap = new MinHeap();
        for (const number of numbers) heap.push(number);
        const sorted: number[] = [];
        while (!heap.isEmpty) sorted.push(heap.pop());
        expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});

describe("BpeModel", () => {
  // Bytes a to d are tokens 0 to 3; token 4 and up are merges, in order of rank.
  const merges: readonly [number, number][] = [
    [0, 1],
    [1, 1],
    [4, 4],
    [5, 2],
    [4, 5],
    [6, 0],
    [2, 2],
    [10, 10],
  ];
  const pairs = new PairTable(merges.length);
  merges.forEach(([left, right], rank) => {
    pairs.set(left, right, rank, 4 + rank);
  });
  const byteIds = new Int32Array(256).fill(-1);
  for (let i = 0; i < 4; i++) byteIds[0x61 + i] = i;
  const bytes = new TextEncoder();
  const split = (model: BpeModel, word: string) => {
    const ids: number[] = [];
    model.split(bytes.encode(word), (id) => ids.push(id));
    return ids;
  };

  it("merges the earliest learnt pair first, from the left", () => {
    const model = new BpeModel(byteIds, pairs, undefined, false);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 40 }), (word) => {
        const ids = Array.from(word, (char) => char.charCodeAt(0) - 0x61);
        for (;;) {
          const ranks = ids.map((id, i) => merges.findIndex(([l, r]) => l === id && r === ids[i + 1]));
          const best = Math.min(...ranks.filter((rank) => rank !== -1));
          if (best === Number.POSITIVE_INFINITY) break;
          ids.splice(ranks.indexOf(best), 2, 4 + best);
        }
        expect(split(model, word)).toEqual(ids);
      }),
      { numRuns: 500 },
    );
  });

  it("drops bytes without a token, or makes them unknown, one by one or fused", () => {
    expect(split(new BpeModel(byteIds, pairs, undefined, false), "axyb")).toEqual([4]);
    expect(split(new BpeModel(byteIds, pairs, 99, false), "axyb")).toEqual([0, 99, 99, 1]);
    expect(split(new BpeModel(byteIds, pairs, 99, true), "axyb")).toEqual([0, 99, 1]);
  });
});
