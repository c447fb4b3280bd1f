import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WordReader } from "./words.js";

function read(text: string) {
  const found = [];
  for (const words = new WordReader(text); words.next(); ) {
    found.push({ term: words.term, at: text.slice(words.start, words.end), position: words.position });
  }
  return found;
}
const terms = (text: string) => read(text).map(({ term }) => term);

describe("WordReader", () => {
  it("splits at anything but letters and digits, folds and stems", () => {
    expect(terms("Café-Menu, 2nd: don't_PAUSE!")).toEqual(["caf", "menu", "2nd", "don", "t", "paus"]);
    expect(terms("ﬁle ＦＵＬＬ Ünïcode")).toEqual(["fil", "ful", "unicod"]);
  });

  it("drops accents, keeps vowel signs, and needs a letter to begin with", () => {
    expect(terms("\u0301\u0301 A\u0301\u0301")).toEqual(["a"]);
    expect(terms("हिन्दी भाषा")).toEqual(["हिन्दी", "भाषा"]);
  });

  it("gives unspaced scripts by character and pair", () => {
    expect(read("暂停订 v2阅")).toEqual([
      { term: "暂", at: "暂", position: 0 },
      { term: "停", at: "停", position: 1 },
      { term: "暂停", at: "暂停", position: 1 },
      { term: "订", at: "订", position: 2 },
      { term: "停订", at: "停订", position: 2 },
      { term: "v2", at: "v2", position: 3 },
      { term: "阅", at: "阅", position: 4 },
    ]);
  });

  it("cuts runs without an end", () => {
    expect(terms("7".repeat(150)).map(({ length }) => length)).toEqual([64, 64, 22]);
  });

  it("reads any text forwards, inside its bounds, and finds no word in punctuation", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        let end = 0;
        let position = -1;
        for (const words = new WordReader(text); words.next(); ) {
          expect(words.term).not.toBe("");
          expect(words.start).toBeLessThan(words.end);
          expect(words.end).toBeGreaterThanOrEqual(end);
          expect(words.position === position || words.position === position + 1).toBe(true);
          ({ end, position } = words);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
    expect(terms("…!? -- \ud800 😀")).toEqual([]);
  });
});
