import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_WORD, words } from "./words.js";

describe("words", () => {
  it.each([
    ["letters and digits stay together", "vitamin B12, 2nd edition", ["vitamin", "B12", "2nd", "edition"]],
    [
      "apostrophes, full stops and colons between letters",
      "can't e.g. a:b a: .b",
      ["can't", "e.g", "a:b", "a", "b"],
    ],
    [
      "commas and full stops between digits",
      "1,000.50 1, 2 3.x 4,y",
      ["1,000.50", "1", "2", "3", "x", "4", "y"],
    ],
    ["underscores join, but are no word alone", "snake_case _ __init__ a_", ["snake_case", "__init__", "a_"]],
    ["hyphens and slashes part", "x-ray and/or C++", ["x", "ray", "and", "or", "C"]],
    ["marks stay with their letters", "हिन्दी e\u0301te\u0301", ["हिन्दी", "e\u0301te\u0301"]],
    [
      "soft hyphens do not part, zero-width spaces do",
      "soft\u00adhyphen a\u200bb",
      ["soft\u00adhyphen", "a", "b"],
    ],
    ["Hebrew keeps its quotation marks", 'צה"ל ג\' "א', ['צה"ל', "ג'", "א"]],
    ["Han and Hiragana come one by one, Katakana does not", "東京はタワー", ["東", "京", "は", "タワー"]],
    ["Hangul is written with spaces", "한국어 텍스트", ["한국어", "텍스트"]],
    ["Thai is one run", "ภาษาไทย ง่าย", ["ภาษาไทย", "ง่าย"]],
    ["emoji are words, joined ones too", "ok 😀👩‍🔬🇩🇪 🇩!", ["ok", "😀", "👩‍🔬", "🇩🇪"]],
    ["lone surrogates are nothing", "a\ud800b \udc00", ["a", "b"]],
  ])("%s", (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("breaks a word after 255 characters", () => {
    expect(words("x".repeat(600)).map(({ length }) => length)).toEqual([LONGEST_WORD, LONGEST_WORD, 90]);
    expect(words(`${"x".repeat(254)}.yy`).map(({ length }) => length)).toEqual([254, 2]);
  });

  it("takes time in proportion to the text, whatever stands in it", () => {
    for (const piece of ["_", "a.", "'", "\u0301", "a\u0301", "1,", '"א']) {
      expect(words(piece.repeat(300_000)).length).toBeLessThan(300_001);
    }
  });

  // ICU tailors two things: a colon parts words, and Han, Kana, Hangul and Thai go through a dictionary.
  it("agrees with Intl.Segmenter where that follows UAX #29", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "word" });
    const isWord = /[\p{L}\p{N}]/u;
    const character = fc.constantFrom(..."aZß9٠.,;'’_ -/·@\"\u0301\u00ad\u200dאдहि्");
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
        const expected = [...segmenter.segment(text)]
          .map(({ segment }) => segment)
          .filter((one) => isWord.test(one));
        expect(words(text)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
