import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logitScore, probability } from "./heads.js";

describe("logitScore", () => {
  it("is the logit of a head with one label", () => {
    expect(logitScore(Float32Array.of(1.5, -2), 1, 1)).toBe(-2);
  });

  it("is the log-odds of the second of two labels", () => {
    expect(logitScore(Float32Array.of(0, 0, -1, 3), 1, 2)).toBe(4);
  });
});

describe("probability", () => {
  it("is the sigmoid, and the softmax of two labels", () => {
    expect(probability(0)).toBe(0.5);
    expect(probability(2)).toBeCloseTo(Math.exp(2) / (1 + Math.exp(2)), 15);
  });

  it("never saturates to 0 or 1, and never falls as the logit rises", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(probability(low)).toBeGreaterThan(0);
        expect(probability(high)).toBeLessThan(1);
        expect(probability(low)).toBeLessThanOrEqual(probability(high));
      }),
    );
  });

  it("keeps apart what float32 would make equal", () => {
    expect(probability(20)).toBeLessThan(probability(25));
  });
});
