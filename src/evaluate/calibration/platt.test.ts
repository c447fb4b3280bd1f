import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sigmoid } from "../../numbers/logistic.js";
import { Random } from "../../numbers/random.js";
import { fitPlatt, plattProbability } from "./platt.js";
import { reliability } from "./reliability.js";

const items = fc.array(fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.boolean()), {
  minLength: 1,
  maxLength: 60,
});

describe("fitPlatt", () => {
  it("recovers the curve that made the labels, and calibrates by it", () => {
    const random = new Random(1);
    const scores = Float64Array.from({ length: 20_000 }, () => 8 * random.float() - 4);
    const labels = Array.from(scores, (score) => random.float() < sigmoid(1.5 * score - 1));
    const fit = fitPlatt(scores, labels);
    expect(Math.abs(fit.a - 1.5)).toBeLessThan(0.1);
    expect(Math.abs(fit.b + 1)).toBeLessThan(0.1);
    const probabilities = scores.map((score) => plattProbability(fit, score));
    expect(reliability(probabilities, labels).ece).toBeLessThan(0.02);
  });

  it("ends at a minimum: the residuals and their product with the scores sum to 0", () => {
    fc.assert(
      fc.property(items, (pairs) => {
        const scores = pairs.map((pair) => pair[0]);
        const labels = pairs.map((pair) => pair[1]);
        const fit = fitPlatt(scores, labels);
        const positives = labels.filter(Boolean).length;
        const [high, low] = [(positives + 1) / (positives + 2), 1 / (labels.length - positives + 2)];
        const residuals = scores.map((s, i) => sigmoid(fit.a * s + fit.b) - (labels[i] ? high : low));
        expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 6);
        expect(residuals.reduce((sum, r, i) => sum + r * scores[i]!, 0)).toBeCloseTo(0, 5);
      }),
    );
  });

  it("stays finite on separable scores of any unit", () => {
    for (const unit of [1e-8, 1, 1e8]) {
      const fit = fitPlatt([-2 * unit, -unit, unit, 2 * unit], [false, false, true, true]);
      expect(fit.a).toBeGreaterThan(0);
      expect(plattProbability(fit, 2 * unit)).toBeGreaterThan(0.7);
      expect(plattProbability(fit, 2 * unit)).toBeLessThan(0.9);
    }
  });

  it("is level where scores or labels do not vary", () => {
    // Targets 3/4 for both labels; and (3/4 + 1/3)/2 for one of each.
    const certain = fitPlatt([1, 2], [true, true]);
    expect(certain.a).toBe(0);
    expect(plattProbability(certain, 5)).toBeCloseTo(3 / 4, 14);
    const constant = fitPlatt([7, 7], [true, false]);
    expect(constant.a).toBe(0);
    expect(plattProbability(constant, 7)).toBeCloseTo((2 / 3 + 1 / 3) / 2, 14);
  });

  it("refuses bad input", () => {
    expect(() => fitPlatt([], [])).toThrow("scores.length is 0");
    expect(() => fitPlatt([1, 2], [true])).toThrow("labels.length is 1: scores.length is 2");
    expect(() => fitPlatt([1], [1 as unknown as boolean])).toThrow("labels[0] is 1: pass true");
    expect(() => plattProbability({ a: 1, b: 0 }, Number.NaN)).toThrow("score is NaN");
  });
});
