import { describe, expect, it } from "vitest";
import { labelScores } from "./labelled-scores.js";

const outcome = { query: "q", ids: ["a", "b", "c"], scores: [3, 2, 1] };
const qrels = (grades: Record<string, number>) => new Map([["q", new Map(Object.entries(grades))]]);

describe("labelScores", () => {
  it("takes what is not listed for not relevant where only relevant documents are", () => {
    expect(labelScores([outcome], qrels({ b: 1 }))).toEqual([{ query: "q", relevant: [2], others: [3, 1] }]);
  });

  it("leaves out what nobody judged where judgments also say no, and queries of which nothing is left", () => {
    expect(labelScores([outcome], qrels({ a: 0, b: 2 }), 2)).toEqual([
      { query: "q", relevant: [2], others: [3] },
    ]);
    expect(labelScores([outcome], qrels({ elsewhere: 0 }))).toEqual([]);
    expect(labelScores([{ ...outcome, query: "unjudged" }], qrels({ a: 1 }))).toEqual([]);
  });

  it("leaves out candidates without a score of their own", () => {
    const labelled = labelScores([{ ...outcome, unscored: [0, 1] }], qrels({ b: 1 }));
    expect(labelled).toEqual([{ query: "q", relevant: [], others: [1] }]);
  });
});
