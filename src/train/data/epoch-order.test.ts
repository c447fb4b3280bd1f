import fc from "fast-check";
import { expect, it } from "vitest";
import { epochOrder, epochSize } from "./epoch-order.js";

const source = (first: number, count: number, weight: number) => ({
  file: `from ${first}`,
  weight,
  numbers: Uint32Array.from({ length: count }, (_, i) => first + i),
});
const counts = (orders: readonly Uint32Array[]) => {
  const found = new Map<number, number>();
  for (const order of orders) for (const number of order) found.set(number, (found.get(number) ?? 0) + 1);
  return found;
};

it("gives every example of weight 1 once an epoch, in another order each time", () => {
  const orders = [0, 1].map((epoch) => epochOrder([source(0, 50, 1)], 3, epoch));
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
  expect(orders[0]).not.toEqual(orders[1]);
  expect(epochOrder([source(0, 50, 1)], 3, 0)).toEqual(orders[0]);
  expect(epochOrder([source(0, 50, 1)], 4, 0)).not.toEqual(orders[0]);
});

it("mixes sources by their weights", () => {
  const order = epochOrder([source(0, 100, 0.2), source(1000, 10, 3)], 1, 0);
  expect(order.filter((number) => number < 1000)).toHaveLength(20);
  expect([...counts([order])].filter(([number]) => number >= 1000).every(([, times]) => times === 3)).toBe(
    true,
  );
  const lastOfFirst = order.findLastIndex((number) => number < 1000);
  expect(lastOfFirst).toBeGreaterThan(20);
});

it("reaches every example equally often in time, whatever the weight", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      fc.nat(1000),
      (count, weight, seed) => {
        const epochs = 12;
        const sources = [source(0, count, weight)];
        const orders = Array.from({ length: epochs }, (_, epoch) => epochOrder(sources, seed, epoch));
        const total = Math.floor(epochs * weight * count);
        expect(orders.reduce((sum, { length }) => sum + length, 0)).toBe(total);
        orders.forEach((order, epoch) => {
          expect(order).toHaveLength(epochSize(sources, epoch));
        });
        const times = [...Array(count).keys()].map((number) => counts(orders).get(number) ?? 0);
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 50 },
  );
});
