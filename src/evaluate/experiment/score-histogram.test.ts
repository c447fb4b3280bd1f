import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreHistogram } from "./score-histogram.js";

describe("scoreHistogram", () => {
  it("counts relevant and other documents on common edges", () => {
    expect(scoreHistogram([1, 0.9], [0, 0.1, 0.2], 2)).toEqual({
      edges: [0, 0.5, 1],
      relevant: [0, 2],
      other: [3, 0],
    });
  });

  it("puts a constant into one bin and nothing into an empty one", () => {
    expect(scoreHistogram([2], [2, 2])).toEqual({ edges: [1.5, 2.5], relevant: [1], other: [2] });
    expect(scoreHistogram([], [])).toEqual({ edges: [0, 1], relevant: [0], other: [0] });
  });

  it("loses no score", () => {
    const scores = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    fc.assert(
      fc.property(scores, scores, (relevant, other) => {
        const histogram = scoreHistogram(relevant, other);
        expect(sum(histogram.relevant)).toBe(relevant.length);
        expect(sum(histogram.other)).toBe(other.length);
      }),
    );
  });
});
