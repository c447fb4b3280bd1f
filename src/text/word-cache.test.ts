import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HASH_PRIME, HASH_SEED, WordCache } from "./word-cache.js";

const hashOf = (word: string) => {
  let hash = HASH_SEED;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_PRIME);
  return hash;
};
const remember = (cache: WordCache, word: string, id: number) =>
  cache.add(word, 0, word.length, hashOf(word), [{ id, from: 0, to: word.length }], word.length);
const recall = (cache: WordCache, word: string) => {
  const at = cache.find(`<${word}>`, 1, 1 + word.length, hashOf(word));
  return at === -1 ? undefined : cache.values[at + 1];
};

describe("WordCache", () => {
  it("finds what was added, wherever it stands in a text", () => {
    const cache = new WordCache();
    remember(cache, "apple", 7);
    expect(recall(cache, "apple")).toBe(7);
    expect(recall(cache, "apples")).toBeUndefined();
  });

  it("compares words, not only their hashes", () => {
    const cache = new WordCache();
    const at = cache.add("ab", 0, 2, 1, [{ id: 5, from: 0, to: 2 }], 2);
    expect(cache.find("ab", 0, 2, 1)).toBe(at);
    expect(cache.find("ba", 0, 2, 1)).toBe(-1);
  });

  it("keeps places inside a word only where tokens do not share the whole of it", () => {
    const cache = new WordCache();
    const shared = cache.add(
      "ab",
      0,
      2,
      1,
      [
        { id: 5, from: 0, to: 2 },
        { id: 6, from: 0, to: 2 },
      ],
      2,
    );
    expect([...cache.values.slice(shared, shared + 3)]).toEqual([2, 5, 6]);
    const apart = cache.add(
      "cd",
      0,
      2,
      2,
      [
        { id: 5, from: 0, to: 1 },
        { id: 6, from: 1, to: 2 },
      ],
      2,
    );
    expect([...cache.values.slice(apart, apart + 7)]).toEqual([-2, 5, 0, 1, 6, 1, 2]);
  });

  it("never holds more words than it may", () => {
    const cache = new WordCache(10);
    for (let i = 0; i < 25; i++) remember(cache, `word${i}`, i);
    const kept = Array.from({ length: 25 }, (_, i) => recall(cache, `word${i}`)).filter(
      (id) => id !== undefined,
    );
    expect(kept).toEqual([20, 21, 22, 23, 24]);
  });

  it("agrees with a Map", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 20 }), { maxLength: 3000 }), (words) => {
        const cache = new WordCache();
        words.forEach((word, id) => {
          expect(recall(cache, word)).toBeUndefined();
          remember(cache, word, id);
        });
        expect(words.map((word) => recall(cache, word))).toEqual(words.map((_, id) => id));
      }),
      { numRuns: 20 },
    );
  });
});
