import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankBiasedOverlap } from "./rbo.js";

const ranking = fc.uniqueArray(fc.constantFrom(..."abcdefghijkl"), { minLength: 1 });

describe("rankBiasedOverlap", () => {
  it("lies in [0, 1] and is symmetric; 1 for equal rankings, 0 for disjoint ones", () => {
    fc.assert(
      fc.property(ranking, ranking, fc.double({ min: 0.1, max: 0.99, noNaN: true }), (first, second, p) => {
        const overlap = rankBiasedOverlap(first, second, p);
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(rankBiasedOverlap(second, first, p)).toBeCloseTo(overlap, 14);
        expect(rankBiasedOverlap(first, first, p)).toBeCloseTo(1, 12);
        const others = second.map((id) => `other ${id}`);
        expect(rankBiasedOverlap(first, others, p)).toBe(0);
      }),
    );
  });

  it("minds a swap at the top more than one at the bottom", () => {
    const top = rankBiasedOverlap(["b", "a", "c", "d"], ["a", "b", "c", "d"]);
    const bottom = rankBiasedOverlap(["a", "b", "d", "c"], ["a", "b", "c", "d"]);
    // Only A_1 = 0, or only A_3 = 2/3, differs from 1.
    expect(top).toBeCloseTo(1 - 0.1, 14);
    expect(bottom).toBeCloseTo(1 - 0.1 * 0.9 ** 2 * (1 / 3), 14);
  });

  it("refuses empty rankings, repeated ids and p outside (0, 1)", () => {
    expect(() => rankBiasedOverlap([], ["a"])).toThrow("first.length is 0");
    expect(() => rankBiasedOverlap(["a"], ["a", "b", "a"])).toThrow(
      'second[2] is "a": it stands higher up too',
    );
    expect(() => rankBiasedOverlap(["a"], ["a"], 1)).toThrow("p is 1");
  });
});
