import { describe, expect, it } from "vitest";
import { findMatches } from "./find-matches.js";
import { queryTerms } from "./query-terms.js";
import { termWeights } from "./term-weights.js";

function weightsOf(query: string, texts: readonly string[]) {
  const terms = queryTerms(query);
  const matches = texts.map((text) => {
    const { value } = findMatches({ text }, terms).next();
    if (!value) throw new Error("the text was longer than one step");
    return value;
  });
  return termWeights(terms, matches);
}

describe("termWeights", () => {
  it("gives more to words that few candidates hold", () => {
    const [zebra, walrus] = weightsOf("zebra walrus", ["zebra", "zebra walrus", "zebra", "none"]).weights;
    expect(walrus).toBeGreaterThan(zebra!);
  });

  it("gives more to words that the query repeats, and little to common words", () => {
    const [walrus, the, zebra] = weightsOf("walrus the zebra walrus", ["a", "b"]).weights;
    expect(walrus! / zebra!).toBeCloseTo(2, 4);
    expect(the! * 10).toBeLessThan(zebra!);
  });

  it("is positive and whole even where every candidate holds the word, or there is one", () => {
    for (const texts of [["the walrus"], ["the walrus", "the walrus"], []]) {
      const { weights, total, averageWords } = weightsOf("the walrus", texts);
      for (const weight of weights) expect(Number.isSafeInteger(weight) && weight > 0).toBe(true);
      expect(total).toBe(weights[0]! + weights[1]!);
      expect(averageWords).toBeGreaterThanOrEqual(1);
    }
  });
});
