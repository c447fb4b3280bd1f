import { describe, expect, it } from "vitest";
import type { ScoreResult } from "../types/index.js";
import { checkScoreResult } from "./check-score-result.js";

const pairs = ["ab", "cd", "ef"].map((text) => ({ query: "q", document: { text } }));
const scores = Float64Array.of(1, 2, 3);
const whole = { window: [0, 2], tokensSeen: 1, tokensTotal: 1 };
const check = (result: unknown) =>
  checkScoreResult("mine", result as ScoreResult, pairs, (pair) => `documents[${pair + 10}]`);

describe("checkScoreResult", () => {
  it("accepts what keeps the contract", () => {
    check({ scores });
    check({ scores, unscored: [0, 2], evidence: [whole, whole, whole], tokens: 0, warnings: [] });
    check({ scores, warnings: [{ code: "truncated", message: "cut", documents: [1, 2] }] });
  });

  it.each<[string, unknown]>([
    ["the result", undefined],
    ["scores.length", {}],
    ["scores.length", { scores: Float64Array.of(1, 2) }],
    ["scores.length", { scores: Float64Array.of(1, 2, 3, 4) }],
    ["unscored", { scores, unscored: null }],
    ["unscored[0]", { scores, unscored: [3] }],
    ["unscored[0]", { scores, unscored: [0.5] }],
    ["unscored[0]", { scores, unscored: [-1] }],
    ["unscored", { scores, unscored: [1, 1] }],
    ["unscored", { scores, unscored: [2, 0] }],
    ["tokens", { scores, tokens: Number.NaN }],
    ["warnings", { scores, warnings: {} }],
    [
      "warnings[0].documents[1]",
      { scores, warnings: [{ code: "truncated", message: "", documents: [0, 9] }] },
    ],
    ["evidence.length", { scores, evidence: [whole] }],
    ["evidence[1].window", { scores, evidence: [whole, { ...whole, window: [0, 3] }, whole] }],
    ["evidence[1].window", { scores, evidence: [whole, { ...whole, window: [2, 1] }, whole] }],
    ["evidence[1].window", { scores, evidence: [whole, undefined, whole] }],
  ])("refuses a breach in %s", (field, result) => {
    expect(() => check(result)).toThrow(expect.objectContaining({ code: "INVALID_PLUGIN_RESULT", field }));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("never lets %d out", (bad) => {
    expect(() => check({ scores: Float64Array.of(1, bad, 3) })).toThrow(
      expect.objectContaining({ code: "NON_FINITE_SCORE", field: "documents[11]", value: bad }),
    );
  });

  it("does not look at scores that are declared missing", () => {
    check({ scores: Float64Array.of(1, Number.NaN, 3), unscored: [1] });
  });
});
