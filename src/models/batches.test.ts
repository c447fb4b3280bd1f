import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBatches, planEvenBatches, planUrgentBatches } from "./batches.js";

const lengths = fc.array(fc.integer({ min: 2, max: 600 }), { maxLength: 200 });
const padded = (batch: readonly number[], of: readonly number[]) =>
  batch.length * Math.max(...batch.map((index) => of[index] as number));

describe("planBatches", () => {
  it("puts neighbours in length together", () => {
    expect(planBatches([10, 100, 12, 90], 200)).toEqual([
      [1, 3],
      [2, 0],
    ]);
  });

  it("lets a sequence longer than the budget stand alone", () => {
    expect(planBatches([5, 900, 6], 512)).toEqual([[1], [2, 0]]);
  });

  it("places every sequence once, within the budget, longest first", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 2048 }), (of, budget) => {
        const batches = planBatches(of, budget);
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(of.map((_, index) => index));
        const order = batches.flat().map((index) => of[index] as number);
        expect(order).toEqual(order.toSorted((a, b) => b - a));
        for (const batch of batches) expect(batch.length === 1 || padded(batch, of) <= budget).toBe(true);
      }),
    );
  });
});

describe("planEvenBatches", () => {
  it("leaves no worker idle at the end", () => {
    const fifteen = Array<number>(15).fill(100);
    expect(planBatches(fifteen, 500).map((batch) => batch.length)).toEqual([5, 5, 5]);
    expect(planEvenBatches(fifteen, 500, 2).map((batch) => batch.length)).toEqual([4, 4, 4, 3]);
  });

  it("places every sequence once, within the budget, in no more rounds than before", () => {
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 2048 }),
        fc.integer({ min: 1, max: 5 }),
        (of, budget, lanes) => {
          const even = planEvenBatches(of, budget, lanes);
          expect(even.flat().toSorted((a, b) => a - b)).toEqual(of.map((_, index) => index));
          for (const batch of even) expect(batch.length === 1 || padded(batch, of) <= budget).toBe(true);
          const rounds = (batches: number[][]) => Math.ceil(batches.length / lanes);
          expect(rounds(even)).toBe(rounds(planBatches(of, budget)));
        },
      ),
    );
  });
});

describe("planUrgentBatches", () => {
  it("finishes the first candidates before it starts later ones", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 40 }), (of, group) => {
        const order = planUrgentBatches(of, 512, group).flat();
        expect(order.toSorted((a, b) => a - b)).toEqual(of.map((_, index) => index));
        order.forEach((index, place) => {
          expect(Math.floor(index / group)).toBe(Math.floor(place / group));
        });
      }),
    );
  });
});
