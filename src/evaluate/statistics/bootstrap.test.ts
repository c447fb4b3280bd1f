import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../numbers/normal.js";
import { Random } from "../../numbers/random.js";
import { bootstrapMean } from "./bootstrap.js";

describe("bootstrapMean", () => {
  it("covers the true mean about as often as it promises", () => {
    const random = new Random(2);
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const values = Array.from({ length: 60 }, () => normalQuantile(random.float() || 0.5));
      const { lower, upper } = bootstrapMean(values, { resamples: 500, seed: trial });
      if (lower <= 0 && 0 <= upper) covered++;
    }
    // Binomial(300, 0.95): mean 285, standard deviation 3.8; the percentile method covers a little less.
    expect(covered).toBeGreaterThan(265);
    expect(covered).toBeLessThan(299);
  });

  it("is a point where the values are all the same", () => {
    expect(bootstrapMean([0.5, 0.5, 0.5], { resamples: 50 })).toEqual({ lower: 0.5, upper: 0.5 });
  });

  it("depends on the seed alone", () => {
    const values = [0.1, 0.9, 0.4, 0.3];
    expect(bootstrapMean(values, { seed: 1 })).toEqual(bootstrapMean(values, { seed: 1 }));
    expect(bootstrapMean(values, { seed: 1, resamples: 99 })).not.toEqual(
      bootstrapMean(values, { seed: 2, resamples: 99 }),
    );
  });

  it("refuses bad options", () => {
    expect(() => bootstrapMean([])).toThrow("values.length is 0");
    expect(() => bootstrapMean([Number.NaN])).toThrow("values[0] is NaN: pass finite numbers only");
    expect(() => bootstrapMean([1], { confidence: 1 })).toThrow("confidence is 1");
    expect(() => bootstrapMean([1], { resamples: 0.5 })).toThrow("resamples is 0.5");
  });
});
