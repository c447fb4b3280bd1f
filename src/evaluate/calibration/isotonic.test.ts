import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { fitIsotonic, isotonicProbability } from "./isotonic.js";
import { reliability } from "./reliability.js";

const items = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.boolean()), {
  minLength: 1,
  maxLength: 100,
});

describe("fitIsotonic", () => {
  it("never falls, and stays off 0 and 1 by 1/(n + 2)", () => {
    fc.assert(
      fc.property(items, (pairs) => {
        const fit = fitIsotonic(
          pairs.map((pair) => pair[0]),
          pairs.map((pair) => pair[1]),
        );
        const least = 1 / (pairs.length + 2);
        let last = 0;
        for (let score = -10; score <= 10; score += 0.25) {
          const p = isotonicProbability(fit, score);
          expect(p).toBeGreaterThanOrEqual(last);
          expect(p).toBeGreaterThanOrEqual(least);
          expect(p).toBeLessThanOrEqual(1 - least);
          last = p;
        }
        expect([...fit.scores]).toEqual([...new Set(fit.scores)].sort((a, b) => a - b));
      }),
    );
  });

  it("does not depend on the order of the items", () => {
    fc.assert(
      fc.property(items, fc.nat(), (pairs, seed) => {
        const fitted = (order: typeof pairs) =>
          fitIsotonic(
            order.map((pair) => pair[0]),
            order.map((pair) => pair[1]),
          );
        expect(fitted(new Random(seed).shuffle([...pairs]))).toEqual(fitted(pairs));
      }),
    );
  });

  it("interpolates between knots and is level beyond them", () => {
    const fit = fitIsotonic([0, 0, 10, 10], [true, false, true, true]);
    expect(isotonicProbability(fit, -5)).toBe(0.5);
    expect(isotonicProbability(fit, 5)).toBeCloseTo((0.5 + 5 / 6) / 2, 14);
    expect(isotonicProbability(fit, 99)).toBeCloseTo(5 / 6, 14);
  });

  it("calibrates a curve that is not logistic", () => {
    const random = new Random(6);
    const sample = () => {
      const scores = Float64Array.from({ length: 10_000 }, () => random.float());
      return { scores, labels: Array.from(scores, (score) => random.float() < score ** 3) };
    };
    const [train, test] = [sample(), sample()];
    const fit = fitIsotonic(train.scores, train.labels);
    const probabilities = test.scores.map((score) => isotonicProbability(fit, score));
    expect(reliability(probabilities, test.labels).ece).toBeLessThan(0.03);
  });

  it("refuses bad input", () => {
    expect(() => fitIsotonic([Number.NaN], [true])).toThrow("scores[0] is NaN");
    const fit = fitIsotonic([1], [true]);
    expect(() => isotonicProbability(fit, Infinity)).toThrow("score is Infinity: pass a finite number.");
  });
});
