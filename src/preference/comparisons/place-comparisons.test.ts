import { describe, expect, it } from "vitest";
import type { Comparison } from "./comparison.js";
import { tabulate } from "./pair-table.js";
import { placeComparisons } from "./place-comparisons.js";

const good: Comparison = { a: "x", b: "y", probability: 0.5 };

describe("placeComparisons", () => {
  it('finds the items in order of appearance; 1 and "1" are two', () => {
    const placed = placeComparisons<string | number>([
      { a: "y", b: 1, probability: 1 },
      { a: "1", b: "y", probability: 0.25, weight: 4 },
    ]);
    expect(placed.index.items).toEqual(["y", 1, "1"]);
    expect([...placed.wins, ...placed.losses]).toEqual([1, 1, 0, 3]);
    expect(placed.soft).toBe(true);
  });

  it("names the entry at fault", () => {
    for (const [entry, message] of [
      [
        { ...good, probability: 1.1 },
        "comparisons[1].probability is 1.1: pass p(a ≻ b), a number from 0 to 1.",
      ],
      [{ ...good, probability: Number.NaN }, "comparisons[1].probability is NaN"],
      [{ ...good, probability: "1" }, 'comparisons[1].probability is "1"'],
      [{ ...good, weight: 0 }, "comparisons[1].weight is 0"],
      [{ ...good, weight: Infinity }, "comparisons[1].weight is Infinity"],
      [{ ...good, b: "x" }, 'comparisons[1].b is "x": an item cannot be compared with itself.'],
      [{ ...good, a: Number.NaN }, "comparisons[1].a is NaN"],
      [{ ...good, b: undefined }, "comparisons[1].b is undefined"],
      [null, "comparisons[1] is null"],
    ] as const)
      expect(() => placeComparisons([good, entry as Comparison])).toThrow(
        expect.objectContaining({ code: "INVALID_COMPARISONS", message: expect.stringContaining(message) }),
      );
    expect(() => placeComparisons("x" as never)).toThrow('comparisons is "x"');
    expect(() => placeComparisons([])).toThrow("pass comparisons or `items`");
    expect(() => placeComparisons([good], ["x"])).toThrow(
      'comparisons[0].b is "y": it is not among `items`.',
    );
    expect(() => placeComparisons([good], "xy" as never)).toThrow('items is "xy"');
    expect(() => placeComparisons([good], ["x", {} as never])).toThrow("items[1] is {}");
  });
});

describe("tabulate", () => {
  it("adds up what was said about two items, from either side", () => {
    const table = tabulate([
      { a: "x", b: "z", probability: 1 },
      { a: "y", b: "x", probability: 0.75, weight: 4 },
      { a: "x", b: "y", probability: 1 },
      { a: "z", b: "x", probability: 0 },
      { a: "z", b: "y", probability: 1 },
    ]);
    expect(table.index.items).toEqual(["x", "z", "y"]);
    const rows = [...table.first].map((first, k) => [first, table.second[k], table.wins[k], table.losses[k]]);
    expect(rows).toEqual([
      [0, 1, 2, 0],
      [0, 2, 2, 3],
      [1, 2, 1, 0],
    ]);
  });
});
