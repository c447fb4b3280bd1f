import { describe, expect, it } from "vitest";
import { TokenPlacer } from "./subwords.js";

/** Tokens 0, 1, 2… that end at the given places. */
const place = (word: string, ends: readonly (number | undefined)[], skip = 0) => {
  const placed: [id: number, part: string][] = [];
  const placer = new TokenPlacer(word, skip, (id, from, to) =>
    placed.push([id, word.slice(skip).slice(from, to)]),
  );
  ends.forEach((end, id) => {
    placer.add(id, end);
  });
  placer.finish();
  return placed;
};

describe("TokenPlacer", () => {
  it("gives all tokens of a word the whole word, without the space before it", () => {
    expect(place(" running", [4, 8], 1)).toEqual([
      [0, "running"],
      [1, "running"],
    ]);
  });

  it("gives each token its own part in scripts without spaces", () => {
    expect(place("図書館へgo", [2, 3, 4, 6])).toEqual([
      [0, "図書"],
      [1, "館"],
      [2, "へ"],
      [3, "go"],
    ]);
    expect(place("𠀀𠀁", [2, 4])).toEqual([
      [0, "𠀀"],
      [1, "𠀁"],
    ]);
  });

  it("never cuts inside a character", () => {
    expect(place("図書", [undefined, 1, 2])).toEqual([
      [0, "図"],
      [1, "図"],
      [2, "書"],
    ]);
  });

  it("parts words that a mark joins", () => {
    expect(place("a▁bc▁d", [1, 3, 4, 6])).toEqual([
      [0, "a"],
      [1, "bc"],
      [2, "bc"],
      [3, "d"],
    ]);
  });
});
