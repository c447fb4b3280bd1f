import { describe, expect, it } from "vitest";
import type { Comparison, EvaluationReport, ReportedSystem } from "./evaluation-report.js";
import { viewOf } from "./report-view.js";
import { readWellFormed } from "./testing/well-formed.js";
import { verdicts } from "./verdict.js";

const system = (name: string, kind: ReportedSystem["kind"], mean: number): ReportedSystem => ({
  name,
  kind,
  means: { "nDCG@10": mean },
  perQuery: { queries: [], values: {} },
});

const better: Comparison = {
  system: "MiniLM",
  baseline: "BM25",
  measure: "nDCG@10",
  difference: 0.062,
  low: 0.041,
  high: 0.083,
  p: 0.0001,
  pHolm: 0.0002,
  wins: 61,
  ties: 12,
  losses: 1,
};

function say(comparisons: readonly Comparison[], systems?: readonly ReportedSystem[]) {
  const report: EvaluationReport = {
    title: "t",
    created: "c",
    measures: ["nDCG@10", "AP"],
    collection: { name: "n", documents: 1, queries: 1, judged: 1, grades: "0, 1" },
    settings: [],
    systems: systems ?? [system("BM25", "first stage", 0.5), system("MiniLM", "model", 0.562)],
    comparisons,
    warnings: [],
  };
  return verdicts(viewOf(report)).map(
    ({ tone, sentence }) => `${tone}: ${readWellFormed(sentence.text).text.replaceAll("\u00A0", " ")}`,
  );
}

describe("verdicts", () => {
  it("says what is better, by how much and how sure that is", () => {
    expect(say([better])).toEqual([
      "better: MiniLM beats BM25 by 0.0620 nDCG@10 (95 % interval 0.0410 to 0.0830, p < .001 after Holm); 61 wins, 12 ties, 1 loss.",
    ]);
  });

  it("says what is worse", () => {
    expect(say([{ ...better, difference: -0.02, low: -0.03, high: -0.01, pHolm: 0.004 }])).toEqual([
      "worse: MiniLM is worse than BM25 by 0.0200 nDCG@10 (95 % interval −0.0300 to −0.0100, p = .004 after Holm); 61 wins, 12 ties, 1 loss.",
    ]);
  });

  it("claims nothing where p after Holm is not below .05, whatever p was before", () => {
    const unsure = { ...better, p: 0.03, pHolm: 0.06 };
    expect(say([unsure])[0]).toMatch(/^unclear: No clear difference: MiniLM is 0\.0620 nDCG@10 above BM25 /);
    expect(say([{ ...unsure, difference: -0.01 }])[0]).toMatch(/MiniLM is 0\.0100 nDCG@10 below BM25 /);
    expect(say([{ ...unsure, difference: 0 }])[0]).toMatch(/MiniLM and BM25 have the same nDCG@10 /);
  });

  it("leaves out an interval and a p-value that one query cannot give", () => {
    const one = { ...better, low: Number.NaN, high: Number.NaN, p: Number.NaN, pHolm: Number.NaN };
    expect(say([one])[0]).toContain("0.0620 nDCG@10 above BM25 (too few queries to tell); 61 wins");
  });

  it("speaks of models against the first stage in the first measure, the largest gain first", () => {
    const systems = [
      system("BM25", "first stage", 0.5),
      system("random", "random", 0.1),
      system("MiniLM", "model", 0.562),
      system("Big", "model", 0.6),
    ];
    const said = say(
      [
        { ...better, system: "random", difference: -0.4 },
        better,
        { ...better, measure: "AP", difference: 0.3 },
        { ...better, system: "Big", difference: 0.1 },
        { ...better, system: "Big", baseline: "MiniLM", difference: 0.038 },
      ],
      systems,
    );
    expect(said.map((sentence) => sentence.slice(0, 32))).toEqual([
      "better: Big beats BM25 by 0.1000",
      "better: MiniLM beats BM25 by 0.0",
    ]);
  });

  it("falls back to other baselines, and to a plain statement without comparisons", () => {
    const models = [system("A", "model", 0.5), system("B", "model", 0.4)];
    expect(say([{ ...better, system: "A", baseline: "B" }], models)[0]).toMatch(
      /^better: A beats B by 0\.0620/,
    );
    expect(say([], models)).toEqual(["unclear: A reaches 0.5000 nDCG@10; it was compared with nothing."]);
    expect(say([], [])).toEqual([]);
  });
});
