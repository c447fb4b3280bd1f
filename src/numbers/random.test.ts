import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf } from "./normal.js";
import { Random } from "./random.js";

const seeds = fc.nat(Number.MAX_SAFE_INTEGER);

describe("Random", () => {
  it("gives floats in [0, 1) and whole numbers below the bound", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const random = new Random(seed);
        const [float, int] = [random.float(), random.int(bound)];
        return float >= 0 && float < 1 && Number.isInteger(int) && int >= 0 && int < bound;
      }),
    );
  });

  it("is uniform", () => {
    const random = new Random(7);
    const counts = new Float64Array(10);
    const floats = new Float64Array(10);
    for (let i = 0; i < 100_000; i++) {
      counts[random.int(10)]!++;
      floats[Math.floor(random.float() * 10)]!++;
    }
    // χ² with 9 degrees of freedom exceeds 33.7 once in 10,000 times.
    for (const cells of [counts, floats])
      expect(cells.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(33.7);
  });

  it("draws from the normal distribution", () => {
    const random = new Random(5);
    const below = [0, 0, 0];
    for (let i = 0; i < 100_000; i++) {
      const z = random.normal();
      for (const [k, bound] of [-1.5, 0, 0.7].entries()) if (z < bound) below[k]!++;
    }
    // Standard deviations of these counts are at most 158.
    for (const [k, bound] of [-1.5, 0, 0.7].entries())
      expect(Math.abs(below[k]! - 100_000 * normalCdf(bound))).toBeLessThan(640);
  });

  it("shuffles into permutations, all of them alike", () => {
    const random = new Random(3);
    const seen = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle(["a", "b", "c", "d"]).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect([...random.shuffle(Int32Array.of(1, 2, 3))].sort()).toEqual([1, 2, 3]);
  });

  it("refuses seeds and bounds that are not whole or out of range", () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => new Random(seed)).toThrow(/^seed is .*: pass a whole number of at least 0\./);
    for (const bound of [0, 1.5, 2 ** 32 + 1]) expect(() => new Random(1).int(bound)).toThrow("bound is");
  });
});
