import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutWords } from "./cut-words.js";

describe("cutWords", () => {
  it.each([
    ["one two three", 2, "one two"],
    ["one two three", 3, "one two three"],
    ["  one\n two ", 1, "  one"],
    ["", 3, ""],
    ["日本語の文章", 3, "日本語"],
    [
      "see https://example.org/a/very/long/address/indeed now",
      3,
      "see https://example.org/a/very/long/address/",
    ],
    [`${"x".repeat(19)}\u{1f600}y`, 1, "x".repeat(19)],
  ])("cuts %j to %i words", (text, words, cut) => {
    expect(cutWords(text, words)).toEqual({ text: cut, cut: cut !== text });
  });

  it("gives a beginning of the text, whole characters only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(10), (text, words) => {
        const cut = cutWords(text, words);
        expect(text.startsWith(cut.text)).toBe(true);
        if (text.isWellFormed()) expect(cut.text.isWellFormed()).toBe(true);
        expect(cutWords(cut.text, words)).toEqual({ text: cut.text, cut: false });
      }),
      { seed: 7 },
    );
  });
});
