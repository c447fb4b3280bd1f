import { describe, expect, it } from "vitest";
import { pearson } from "../../evaluate/statistics/rank-correlation.js";
import { sigmoid } from "../../numbers/logistic.js";
import { Random } from "../../numbers/random.js";
import { crossPairs } from "../select/cross-pairs.js";
import { fitOffsets } from "./fit-offsets.js";

/**
 * Queries whose documents' scores are known up to one constant each, and cross comparisons with noisy logits.
 */
function world(queries: number, documents: number, cycles: number) {
  const random = new Random(3);
  const truth = Array.from({ length: queries }, () => {
    const level = 2 * random.normal();
    return Array.from({ length: documents }, () => level + 1.5 * random.normal());
  });
  const scores = truth.map((own) =>
    own.map((score) => score - own.reduce((sum, s) => sum + s, 0) / documents),
  );
  const sizes = truth.map(() => documents);
  const comparisons = crossPairs(sizes, { cycles }).map(([a, b]) => {
    const logit = truth[a.group]![a.item]! - truth[b.group]![b.item]! + random.normal();
    const difference = scores[a.group]![a.item]! - scores[b.group]![b.item]!;
    return { a: a.group, b: b.group, probability: sigmoid(logit), difference };
  });
  return { truth, scores, comparisons };
}

describe("fitOffsets", () => {
  it("makes scores of different queries comparable", () => {
    const correlation = (cycles: number) => {
      const { truth, scores, comparisons } = world(100, 20, cycles);
      const offsets = fitOffsets(comparisons);
      const shifted = scores.flatMap((own, query) => own.map((score) => score + offsets.score(query)));
      return [pearson(truth.flat(), scores.flat())!, pearson(truth.flat(), shifted)!];
    };
    const [without, four] = correlation(2) as [number, number];
    expect(without).toBeLessThan(0.7);
    expect(four).toBeGreaterThan(0.88);
    expect(correlation(8)[1]).toBeGreaterThan(0.97);
  });

  it("adds what the answers say beyond the known difference", () => {
    const { scores, probability } = fitOffsets(
      [
        { a: "q1", b: "q2", probability: sigmoid(3), difference: 1 },
        { a: "q2", b: "q1", probability: sigmoid(-1.5), difference: 0.5 },
      ],
      { lambda: 0 },
    );
    expect(scores[0]! - scores[1]!).toBeCloseTo(2, 8);
    expect(probability).toBeTypeOf("function");
  });

  it("says when queries are not connected", () => {
    const data = [
      { a: "q1", b: "q2", probability: 0.6, difference: 0 },
      { a: "q3", b: "q4", probability: 0.6, difference: 0 },
    ];
    expect(fitOffsets(data).connectivity).toMatchObject({
      strong: false,
      components: [
        ["q1", "q2"],
        ["q3", "q4"],
      ],
    });
    expect(() => fitOffsets(data, { lambda: 0 })).toThrow(
      'Nothing connects 2 parts of the comparisons; one of them is "q1" and "q2".',
    );
  });

  it("refuses comparisons within a query, and differences that are no numbers", () => {
    const entry = { a: "q1", b: "q1", probability: 0.6, difference: 0 };
    expect(() => fitOffsets([entry])).toThrow("comparisons[0].b");
    expect(() => fitOffsets([{ ...entry, b: "q2", difference: Number.NaN }])).toThrow(
      "comparisons[0].difference is NaN",
    );
  });
});
