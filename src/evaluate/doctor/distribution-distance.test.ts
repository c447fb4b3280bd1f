import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { largestDistance, stabilityIndex } from "./distribution-distance.js";

function uniform(n: number, seed: number, shift = 0): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => random.float() + shift).sort();
}

describe("stabilityIndex", () => {
  it("is about 0 for two samples of one distribution, small ones too", () => {
    expect(stabilityIndex(uniform(1000, 1), uniform(1000, 2))).toBeLessThan(0.02);
    expect(stabilityIndex(uniform(100, 3), uniform(100, 4))).toBeLessThan(0.15);
  });

  it("equals its formula", () => {
    // Bins of one value each; the sample holds the first value three times as often as the reference.
    const reference = Float64Array.from({ length: 1000 }, (_, i) => i % 10).sort();
    const sample = Float64Array.from({ length: 1200 }, (_, i) => (i < 300 ? 0 : (i % 9) + 1)).sort();
    const first = (0.25 - 0.1) * Math.log(0.25 / 0.1);
    const others = 9 * (0.75 / 9 - 0.1) * Math.log(0.75 / 9 / 0.1);
    const chance = 9 * (1 / 1200 + 1 / 1000);
    expect(stabilityIndex(sample, reference)).toBeCloseTo(first + others - chance, 2);
  });

  it("grows with the shift, and is finite where a bin is empty", () => {
    const slight = stabilityIndex(uniform(1000, 1, 0.15), uniform(1000, 2));
    const far = stabilityIndex(uniform(1000, 1, 5), uniform(1000, 2));
    expect(slight).toBeGreaterThan(0.1);
    expect(far).toBeGreaterThan(slight);
    expect(Number.isFinite(far)).toBe(true);
  });
});

describe("largestDistance", () => {
  it("is the largest gap of the two distribution functions", () => {
    expect(largestDistance(Float64Array.of(1, 2, 3, 4), Float64Array.of(3, 4, 5, 6))).toBe(0.5);
    expect(largestDistance(Float64Array.of(1, 2), Float64Array.of(5))).toBe(1);
    expect(largestDistance(Float64Array.of(1, 2), Float64Array.of(1, 2))).toBe(0);
  });
});
