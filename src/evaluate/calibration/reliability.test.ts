import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { reliability } from "./reliability.js";

const items = fc.array(fc.tuple(fc.constantFrom(0, 0.1, 0.2, 0.5, 0.77, 1), fc.boolean()), { minLength: 1 });

describe("reliability", () => {
  it("finds little wrong with probabilities that are true, and much with overconfident ones", () => {
    const random = new Random(9);
    const truth = Float64Array.from({ length: 30_000 }, () => random.float());
    const labels = Array.from(truth, (p) => random.float() < p);
    expect(reliability(truth, labels).ece).toBeLessThan(0.015);
    const overconfident = truth.map((p) => (p > 0.5 ? 0.99 : 0.01));
    expect(reliability(overconfident, labels).ece).toBeGreaterThan(0.2);
  });

  it("puts every item into one bin, and equal probabilities into the same", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 20 }), (pairs, bins) => {
        const probabilities = pairs.map((pair) => pair[0]);
        const labels = pairs.map((pair) => pair[1]);
        const found = reliability(probabilities, labels, { bins });
        expect(found.bins.length).toBeLessThanOrEqual(bins);
        expect(found.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(pairs.length);
        for (const [i, bin] of found.bins.entries())
          if (i > 0) expect(bin.lowest).toBeGreaterThan(found.bins[i - 1]!.highest);
        expect(found.ece).toBeLessThanOrEqual(1);
        expect(Number.isFinite(found.logLoss)).toBe(true);
      }),
    );
  });

  it("has bins of equal size where nothing ties", () => {
    const probabilities = Array.from({ length: 32 }, (_, i) => i / 32);
    const labels = probabilities.map((p) => p > 0.5);
    const sizes = reliability(probabilities, labels).bins.map((bin) => bin.count);
    expect(sizes).toHaveLength(15);
    expect(new Set(sizes)).toEqual(new Set([2, 3]));
  });

  it("refuses what is no probability", () => {
    expect(() => reliability([1.2], [true])).toThrow("probabilities[0] is 1.2: pass numbers from 0 to 1.");
    expect(() => reliability([], [])).toThrow("probabilities.length is 0");
    expect(() => reliability([0.5], [true], { bins: 0 })).toThrow("bins is 0");
  });
});
