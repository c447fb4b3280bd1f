import { describe, expect, it } from "vitest";
import { AddedTokenMatcher, parseAddedTokens } from "./added-tokens.js";
import { lowercase } from "./normalizers/lowercase.js";

const tokens = (...entries: object[]) =>
  parseAddedTokens(
    entries.map((entry, id) => ({ id, ...entry })),
    "added_tokens",
  );
const find = (text: string, ...entries: object[]) =>
  AddedTokenMatcher.raw(tokens(...entries.map((entry) => ({ normalized: false, ...entry }))))
    ?.find(text, 0, text.length)
    .map(({ id, from, to }) => [id, text.slice(from, to)]);

describe("AddedTokenMatcher", () => {
  it("prefers the leftmost and then the longest token", () => {
    expect(find("xabcab", { content: "ab" }, { content: "abc" }, { content: "bca" })).toEqual([
      [1, "abc"],
      [0, "ab"],
    ]);
  });

  it("takes whitespace with it where the token says so", () => {
    const left = { content: "[L]", lstrip: true };
    const right = { content: "[R]", rstrip: true };
    expect(find("a  [L]  [R]\n b", left, right)).toEqual([
      [0, "  [L]"],
      [1, "[R]\n "],
    ]);
  });

  it("leaves single-word tokens inside words alone", () => {
    expect(find("day days today day", { content: "day", single_word: true })?.length).toBe(2);
    expect(find("daÿ dayé", { content: "day", single_word: true })).toEqual([]);
  });

  it("never recognises special tokens, which still hide what lies inside them", () => {
    const special = { content: "<mask>", special: true };
    expect(find("<mask>", special)).toBeUndefined();
    expect(find("<mask> mask", special, { content: "mask" })).toEqual([[1, "mask"]]);
  });

  it("looks for normalised tokens in their normalised form", () => {
    const matcher = AddedTokenMatcher.normalized(tokens({ content: "New" }), lowercase);
    expect(matcher?.find("a new one", 0, 9)).toEqual([{ id: 0, from: 2, to: 5 }]);
  });

  it("says which entry is malformed", () => {
    expect(() => tokens({ content: 5 })).toThrow("added_tokens[0].content is 5: a string is needed.");
    expect(() => parseAddedTokens([{ id: -1, content: "x" }], "added_tokens")).toThrow(
      "added_tokens[0].id is -1",
    );
  });
});
