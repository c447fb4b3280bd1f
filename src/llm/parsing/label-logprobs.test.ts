import { describe, expect, it } from "vitest";
import type { TokenLogprob } from "../chat-model.js";
import { labelLogprobs } from "./label-logprobs.js";

/** A token with what could have stood in its place, by probability. */
function token(probabilities: Readonly<Record<string, number>>): TokenLogprob {
  const top = Object.entries(probabilities).map(([token, p]) => ({ token, logprob: Math.log(p) }));
  return { ...top[0]!, top };
}
const probabilities = (tokens: readonly TokenLogprob[], labels: readonly string[]) => {
  const found = labelLogprobs(tokens, labels);
  return found && Array.from(found.values, (value) => Number(Math.exp(value).toFixed(6)));
};

describe("labelLogprobs", () => {
  it("adds up the ways to write a label", () => {
    const answer = [token({ yes: 0.4, " Yes": 0.2, No: 0.15, "\nno": 0.05, maybe: 0.1 })];
    expect(probabilities(answer, ["yes", "no"])).toEqual([0.6, 0.2]);
  });

  it("looks at the first token that is a label", () => {
    const answer = [
      token({ "[": 0.9, A: 0.1 }),
      token({ B: 0.5, A: 0.3, C: 0.1 }),
      token({ "]": 1 }),
      token({ A: 1 }),
    ];
    expect(probabilities(answer, ["A", "B", "C"])).toEqual([0.3, 0.5, 0.1]);
  });

  it("knows what a label that is not listed has at most", () => {
    const found = labelLogprobs([token({ yes: 0.9, Yes: 0.06 })], ["yes", "no"]);
    expect(found?.values[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(Math.exp(found?.bound ?? 0)).toBeCloseTo(0.04, 12);
    const certain = labelLogprobs([token({ yes: 1 })], ["yes", "no"]);
    expect(certain?.bound).toBeLessThan(-36);
    expect(certain?.bound).toBeGreaterThan(Number.NEGATIVE_INFINITY);
  });

  it("takes the token itself where the alternatives lack it", () => {
    const answer = [{ token: "no", logprob: Math.log(0.1), top: [{ token: "yes", logprob: Math.log(0.8) }] }];
    expect(probabilities(answer, ["yes", "no"])).toEqual([0.8, 0.1]);
  });

  it("passes over thoughts", () => {
    const think = ["<think>", "yes", "?", "</think>", "\n"].map((text) => token({ [text]: 1 }));
    expect(probabilities([...think, token({ no: 0.7, yes: 0.3 })], ["yes", "no"])).toEqual([0.3, 0.7]);
    expect(labelLogprobs(think.slice(0, 3), ["yes", "no"])).toBeUndefined();
  });

  it("finds nothing where no token is a label", () => {
    expect(labelLogprobs([token({ The: 1 }), token({ a: 1 })], ["A", "B"])).toBeUndefined();
    expect(labelLogprobs([], ["A"])).toBeUndefined();
  });
});
