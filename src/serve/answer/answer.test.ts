import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RerankResult } from "../../types/index.js";
import { runRecord } from "./run-record.js";
import { scaleScores } from "./scale-scores.js";

const resultsOf = (scores: readonly number[]) =>
  scores.map((score, index) => ({ index, rank: index + 1, score, scored: true, document: { text: "" } }));
const scoresOf = (results: RerankResult["results"]) => results.map(({ score }) => score);

describe("scaleScores", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

  it("makes probabilities of logits, strictly between 0 and 1, in the same order", () => {
    fc.assert(
      fc.property(fc.array(finite), (logits) => {
        const best = [...logits].sort((a, b) => b - a);
        const scaled = scoresOf(scaleScores(resultsOf(best), "logit", "probability"));
        for (const p of scaled) expect(p > 0 && p < 1).toBe(true);
        expect(scaled).toEqual([...scaled].sort((a, b) => b - a));
      }),
    );
  });

  it("keeps apart what float32 would tie, and comes back to the logit", () => {
    const probabilities = scaleScores(resultsOf([20, 19, 0, -2]), "logit", "probability");
    expect(new Set(scoresOf(probabilities)).size).toBe(4);
    expect(scoresOf(probabilities)[2]).toBe(0.5);
    const back = scoresOf(scaleScores(probabilities, "probability", "logit"));
    for (const [index, logit] of [20, 19, 0, -2].entries()) expect(back[index]).toBeCloseTo(logit, 6);
    const ends = scoresOf(scaleScores(resultsOf([1, 0]), "probability", "logit"));
    expect(ends.every(Number.isFinite)).toBe(true);
  });

  it("leaves similarities and ranks as they are", () => {
    const results = resultsOf([2, -0.5]);
    expect(scaleScores(results, "similarity", "probability")).toBe(results);
    expect(scaleScores(results, "rank", "logit")).toBe(results);
  });
});

describe("runRecord", () => {
  it.each([
    ["org/name@0123456789ab (int8)", "0123456789ab", "int8"],
    ["rankwright/tiny-en (float32)", undefined, "float32"],
    ["rankwright/lexical", undefined, undefined],
    ["cascade(a, b)", undefined, undefined],
  ])("reads revision and precision of %j", (reranker, revision, precision) => {
    expect(runRecord(reranker, {}, "logit")).toEqual({ reranker, revision, precision, scoreScale: "logit" });
  });

  it("believes what is known of the model first", () => {
    expect(runRecord("a@b (int8)", { revision: "full", precision: "onnx" }, "rank")).toMatchObject({
      revision: "full",
      precision: "onnx",
    });
  });
});
