import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitText, textWidth } from "./text-width.js";

describe("fitText", () => {
  it("keeps what fits and otherwise both ends of it", () => {
    expect(fitText("bge-reranker-base", 200, 13)).toBe("bge-reranker-base");
    const cut = fitText("ms-marco-MiniLM-L6-v2", 90, 13);
    expect(cut).toMatch(/^ms-.*….*-v2$/);
  });

  it("never exceeds the width, and never cuts a character in two", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 900 }),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          const fitted = fitText(text, width, 13);
          expect(textWidth(fitted, 13)).toBeLessThanOrEqual(width + 1e-9);
          expect(fitted.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
