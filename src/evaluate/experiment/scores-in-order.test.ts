import { describe, expect, it } from "vitest";
import type { RankedDocument, RerankResult } from "../../types/index.js";
import { scoresInOrder } from "./scores-in-order.js";

const result = (...ranked: Partial<RankedDocument>[]) =>
  ({ model: "m", results: ranked.map((each) => ({ scored: true, ...each })) }) as unknown as RerankResult;

describe("scoresInOrder", () => {
  it("puts scores where the candidates stand", () => {
    expect(scoresInOrder(result({ index: 1, score: 9 }, { index: 0, score: -1 }), 2)).toEqual([-1, 9]);
  });

  it.each([
    ["a candidate twice", result({ index: 0, score: 1 }, { index: 0, score: 2 }), "index is 0"],
    ["a candidate that is not there", result({ index: 0, score: 1 }, { index: 2, score: 2 }), "index is 2"],
    ["a candidate left out", result({ index: 1, score: 1 }), "candidate 0 is not among them"],
    [
      "a score that is no number",
      result({ index: 0, score: Number.NaN }, { index: 1, score: 1 }),
      "score is NaN",
    ],
    [
      "a score of somebody else",
      result({ index: 0, score: 1, scored: false }, { index: 1, score: 1 }),
      "scored is false",
    ],
  ])("refuses %s", (_, given, message) => {
    expect(() => scoresInOrder(given, 2)).toThrow(
      expect.objectContaining({ code: "INVALID_PLUGIN_RESULT", message: expect.stringContaining(message) }),
    );
  });
});
