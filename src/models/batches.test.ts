import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evenBudget } from "./batches.js";

/** Batch sizes when sequences sorted by length are cut at a budget. */
function cut(lengths: readonly number[], budget: number): number[] {
  const sorted = lengths.toSorted((a, b) => b - a);
  const sizes: number[] = [];
  while (sorted.length > 0) {
    sizes.push(sorted.splice(0, Math.max(1, Math.floor(budget / sorted[0]!))).length);
  }
  return sizes;
}

describe("evenBudget", () => {
  it("leaves no worker idle at the end", () => {
    const fifteen = Array<number>(15).fill(100);
    expect(cut(fifteen, 500)).toEqual([5, 5, 5]);
    expect(cut(fifteen, evenBudget(fifteen, 500, 2))).toEqual([4, 4, 4, 3]);
  });

  it("is at most the budget, takes no more rounds, and could not be smaller", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 600 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 2048 }),
        fc.integer({ min: 1, max: 5 }),
        (lengths, budget, lanes) => {
          const even = evenBudget(lengths, budget, lanes);
          const rounds = (padded: number) => Math.ceil(cut(lengths, padded).length / lanes);
          expect(even).toBeLessThanOrEqual(budget);
          expect(rounds(even)).toBe(rounds(budget));
          if (even > 1) expect(rounds(even - 1)).toBeGreaterThan(rounds(budget));
        },
      ),
    );
  });
});
