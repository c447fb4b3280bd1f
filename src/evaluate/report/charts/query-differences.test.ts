import { describe, expect, it } from "vitest";
import { type QueryDifferences, queryDifferencesChart } from "./query-differences.js";

function chart(differences: readonly number[], width: number): string {
  const data: QueryDifferences = {
    system: "MiniLM",
    baseline: "BM25",
    measure: "nDCG@10",
    queries: differences.map((difference, index) => ({
      query: `q${index}`,
      baseline: 0.5,
      system: 0.5 + difference,
    })),
    reach: [],
    difference: 0.1,
    low: 0.05,
    high: 0.15,
    wins: differences.filter((difference) => difference > 0).length,
    ties: differences.filter((difference) => difference === 0).length,
    losses: differences.filter((difference) => difference < 0).length,
  };
  return queryDifferencesChart(data, width)?.text ?? "";
}

const tips = (svg: string) => [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map((match) => match[1]);

describe("queryDifferencesChart", () => {
  it("draws one mark per query, from the largest gain to the largest loss", () => {
    expect(tips(chart([-0.25, 0.5, 0, 0.125], 720))).toEqual([
      "q1: 0.5000 → 1.0000 (+0.5000)",
      "q3: 0.5000 → 0.6250 (+0.1250)",
      "q2: 0.5000 → 0.5000 (0.0000)",
      "q0: 0.5000 → 0.2500 (−0.2500)",
    ]);
  });

  it("draws means of neighbours where queries outnumber the bars", () => {
    const many = Array.from({ length: 2080 }, (_, index) => (index < 1040 ? 0.25 : -0.25));
    const bars = tips(chart(many, 720));
    expect(bars).toHaveLength(208);
    expect(bars[0]).toBe("queries 1 to 10 of this order: mean +0.2500");
    expect(bars[207]).toBe("queries 2,071 to 2,080 of this order: mean −0.2500");
  });

  it("counts wins, ties and losses in words", () => {
    const svg = chart([0.5, 0.25, 0, -0.125], 344);
    for (const words of [">2 wins<", ">1 tie<", ">1 loss<", ">mean +0.1000<"]) expect(svg).toContain(words);
  });

  it("draws nothing without queries", () => {
    expect(chart([], 720)).toBe("");
  });
});
