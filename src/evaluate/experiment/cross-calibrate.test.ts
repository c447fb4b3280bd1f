import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { crossCalibrate } from "./cross-calibrate.js";
import { labelScores } from "./labelled-scores.js";

const outcome = { query: "q", ids: ["a", "b", "c"], scores: [3, 2, 1] };

describe("labelScores", () => {
  it("leaves out what nobody judged where judges also said no", () => {
    const qrels = new Map([
      [
        "q",
        new Map([
          ["a", 1],
          ["b", 0],
        ]),
      ],
    ]);
    expect(labelScores([outcome], qrels)).toEqual([{ query: "q", relevant: [3], others: [2] }]);
  });

  it("takes the rest for not relevant where only relevant documents are listed", () => {
    const qrels = new Map([["q", new Map([["a", 1]])]]);
    expect(labelScores([outcome], qrels)).toEqual([{ query: "q", relevant: [3], others: [2, 1] }]);
  });

  it("counts grades below the level as not relevant, without taking them for a no", () => {
    const qrels = new Map([
      [
        "q",
        new Map([
          ["a", 2],
          ["b", 1],
        ]),
      ],
    ]);
    expect(labelScores([outcome], qrels, 2)).toEqual([{ query: "q", relevant: [3], others: [2, 1] }]);
  });
});

describe("crossCalibrate", () => {
  const queries = (offset: (i: number) => number) => {
    const random = new Random(3);
    return Array.from({ length: 200 }, (_, i) => {
      const scores = Array.from({ length: 10 }, () => 4 * random.float() - 2);
      const isRelevant = scores.map((score) => random.float() < 1 / (1 + Math.exp(-2 * score)));
      const shifted = scores.map((score) => score + offset(i));
      return {
        query: `q${i}`,
        relevant: shifted.filter((_, d) => isRelevant[d]),
        others: shifted.filter((_, d) => !isRelevant[d]),
      };
    });
  };

  it("finds a model calibrated whose scores are log-odds", () => {
    expect(
      crossCalibrate(
        queries(() => 0),
        1,
      )!.ece,
    ).toBeLessThan(0.04);
  });

  it("predicts every query by a fit to others", () => {
    // Two kinds of queries, three apart: a fit to the same ones could not be better, a fit to others is worse.
    const one = crossCalibrate(
      queries(() => 0),
      1,
    )!;
    const shifted = crossCalibrate(
      queries((i) => (i % 2) * 3),
      1,
    )!;
    expect(shifted.brier).toBeGreaterThan(one.brier + 0.02);
    expect(shifted.bins.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });

  it("says nothing where a half holds one class only", () => {
    expect(crossCalibrate([{ query: "a", relevant: [1], others: [0] }], 1)).toBeUndefined();
    expect(
      crossCalibrate(
        [
          { query: "a", relevant: [1], others: [] },
          { query: "b", relevant: [1], others: [0] },
        ],
        1,
      ),
    ).toBeUndefined();
  });
});
