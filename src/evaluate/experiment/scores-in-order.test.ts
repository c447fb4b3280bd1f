import { describe, expect, it } from "vitest";
import type { RankedDocument, RerankResult } from "../../types/index.js";
import { scoresInOrder } from "./scores-in-order.js";

const result = (...ranked: Partial<RankedDocument>[]) =>
  ({
    ...{ model: "m", warnings: [] },
    results: ranked.map((each) => ({ scored: true, ...each })),
  }) as unknown as RerankResult;

describe("scoresInOrder", () => {
  it("puts scores where the candidates stand", () => {
    expect(scoresInOrder(result({ index: 1, score: 9 }, { index: 0, score: -1 }), 2)).toEqual([-1, 9]);
  });

  it("keeps the order of candidates that a cascade dropped", () => {
    const dropped = (index: number) => ({ index, score: -8, scored: false });
    const scores = scoresInOrder(result({ index: 3, score: -8 }, dropped(0), dropped(2), dropped(1)), 4);
    expect(scores).toEqual([-8 - 8 / 1024, -8 - 24 / 1024, -8 - 16 / 1024, -8]);
    expect(new Set(scores.map(Math.fround)).size).toBe(4);
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
      "a score that there was no time for",
      {
        ...result({ index: 1, score: 1 }, { index: 0, score: 1, scored: false }),
        warnings: [{ code: "deadline", message: "late" }],
      } as RerankResult,
      "scored is false",
    ],
  ])("refuses %s", (_, given, message) => {
    expect(() => scoresInOrder(given, 2)).toThrow(
      expect.objectContaining({ code: "INVALID_PLUGIN_RESULT", message: expect.stringContaining(message) }),
    );
  });
});
