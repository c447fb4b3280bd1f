import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kendallTau, midRanks, pearson, spearman } from "./rank-correlation.js";

const pairs = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
  minLength: 2,
  maxLength: 40,
});

/** By the definition, pair by pair. */
function slowTau(x: readonly number[], y: readonly number[]): number | undefined {
  let [excess, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign(x[i]! - x[j]!);
      const b = Math.sign(y[i]! - y[j]!);
      excess += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return untiedX === 0 || untiedY === 0 ? undefined : excess / Math.sqrt(untiedX * untiedY);
}

describe("correlations", () => {
  it("agree with the definition of τ-b, and are symmetric", () => {
    fc.assert(
      fc.property(pairs, (points) => {
        const x = points.map((point) => point[0]);
        const y = points.map((point) => point[1]);
        const wanted = slowTau(x, y);
        if (wanted === undefined) expect(kendallTau(x, y)).toBeUndefined();
        else expect(kendallTau(x, y)).toBeCloseTo(wanted, 12);
        for (const correlation of [kendallTau, spearman, pearson]) {
          const forwards = correlation(x, y);
          const mirrored = correlation(
            x,
            y.map((value) => -value),
          );
          if (forwards === undefined) expect(mirrored).toBeUndefined();
          else expect(mirrored).toBeCloseTo(-forwards, 12);
        }
      }),
    );
  });

  it("of ranks see order alone", () => {
    const x = [3, 1, 4, 1.5, 9];
    expect(kendallTau(x, x.map(Math.exp))).toBe(1);
    expect(spearman(x, x.map(Math.exp))).toBeCloseTo(1, 14);
    expect(pearson(x, x.map(Math.exp))).toBeLessThan(0.95);
  });

  it("survive tiny and huge values", () => {
    for (const scale of [1e-200, 1e200]) {
      const x = [1, 2, 4].map((value) => value * scale);
      expect(pearson(x, [1, 2, 4])).toBeCloseTo(1, 14);
    }
  });

  it("do not exist for a constant", () => {
    for (const correlation of [kendallTau, spearman, pearson]) {
      expect(correlation([0.1, 0.1, 0.1], [1, 2, 3])).toBeUndefined();
      expect(correlation([1, 2, 3], [0.1, 0.1, 0.1])).toBeUndefined();
    }
  });

  it("share ranks among ties", () => {
    expect([...midRanks([5, 1, 5, 0])]).toEqual([3.5, 2, 3.5, 1]);
  });

  it("refuse fewer than two points and lengths that differ", () => {
    expect(() => kendallTau([1], [1])).toThrow("x.length is 1: at least 2 needed.");
    expect(() => spearman([1, 2], [1, 2, 3])).toThrow("y.length is 3: x.length is 2; align the two");
    expect(() => pearson([1, 2], [1, Infinity])).toThrow("y[1] is Infinity");
  });
});
