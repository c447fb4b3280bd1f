import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_VALUE, Trie } from "./trie.js";

describe("Trie", () => {
  it("holds words and tells them from their prefixes", () => {
    const trie = new Trie();
    trie.set("ab", 1);
    trie.set("abc", 2);
    expect([trie.get("ab"), trie.get("abc"), trie.get("a"), trie.get("abcd")]).toEqual([
      1,
      2,
      NO_VALUE,
      NO_VALUE,
    ]);
    expect(trie.longest).toBe(3);
  });

  it("agrees with a Map", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat()), { maxLength: 2000 }),
        (entries) => {
          const trie = new Trie();
          const map = new Map<string, number>();
          for (const [word, value] of entries) {
            trie.set(word, value);
            map.set(word, value);
          }
          for (const [word, value] of map) expect(trie.get(word)).toBe(value);
          for (const [word] of entries) expect(trie.get(`${word}?`)).toBe(map.get(`${word}?`) ?? NO_VALUE);
        },
      ),
      { numRuns: 20 },
    );
  });
});
