import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { luceneLength } from "./field-length.js";

describe("luceneLength", () => {
  it("keeps lengths to 40 and rounds longer ones down to a byte's worth of steps", () => {
    for (let length = 0; length <= 40; length++) expect(luceneLength(length)).toBe(length);
    expect([41, 42, 55, 56, 57, 60, 88, 95, 96, 1000].map(luceneLength)).toEqual([
      40, 42, 54, 56, 56, 60, 88, 88, 96, 984,
    ]);
  });

  it("never grows, falls short by an eighth at most, and keeps the order", () => {
    const length = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(length, length, (one, other) => {
        expect(luceneLength(one)).toBeLessThanOrEqual(one);
        expect(luceneLength(one)).toBeGreaterThanOrEqual(one * (7 / 8));
        if (one <= other) expect(luceneLength(one)).toBeLessThanOrEqual(luceneLength(other));
      }),
    );
  });

  it("has 256 values, as a byte", () => {
    const values = new Set<number>();
    for (let length = 0; length < 2 ** 31; length = Math.max(length + 1, Math.floor(length * 1.01))) {
      values.add(luceneLength(length));
    }
    values.add(luceneLength(2 ** 31 - 1));
    expect(values.size).toBe(256);
  });
});
