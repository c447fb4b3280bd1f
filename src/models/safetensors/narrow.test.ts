import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsFloat16, MAX_FLOAT16, nearestFloat16 } from "./narrow.js";
import { float16Bits } from "./widen.js";

const ALL = Uint16Array.from({ length: 0x10000 }, (_, half) => half);
/** What each of them stands for. */
const VALUES = new Float32Array(Uint32Array.from(ALL, float16Bits).buffer);
/** Bits of the finite ones from +0 on, in ascending order. */
const POSITIVE = [...ALL.subarray(0, 0x7c00)];

/** The nearest finite half by looking through them, ties to even: no bit of it is computed. */
function nearestByLooking(value: number): number {
  const size = Math.abs(value);
  let low = 0;
  let high = POSITIVE.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((VALUES[middle] as number) <= size) low = middle;
    else high = middle;
  }
  const toLow = size - (VALUES[low] as number);
  const toHigh = (VALUES[high] as number) - size;
  const half = toLow < toHigh || (toLow === toHigh && low % 2 === 0) ? low : high;
  return half + (Object.is(value, -0) || value < 0 ? 0x8000 : 0);
}

describe("nearestFloat16", () => {
  it("keeps every one of the finite float16 numbers", () => {
    const finite = [...ALL].filter((half) => Number.isFinite(VALUES[half]));
    expect(finite).toHaveLength(2 * 0x7c00);
    expect(finite.filter((half) => nearestFloat16(VALUES[half] as number) !== half)).toEqual([]);
  });

  it("rounds halfway numbers to even, and their neighbours to the nearer side", () => {
    const wrong: number[] = [];
    for (const half of POSITIVE.slice(0, -1)) {
      // Exact: binary32 has 13 more bits of fraction.
      const middle = ((VALUES[half] as number) + (VALUES[half + 1] as number)) / 2;
      const even = half % 2 === 0 ? half : half + 1;
      const below = Math.fround(middle * (1 - 2 ** -23));
      const above = Math.fround(middle * (1 + 2 ** -23));
      const found = [nearestFloat16(below), nearestFloat16(middle), nearestFloat16(above)];
      const wanted = [half, even, half + 1];
      if (found.some((value, i) => value !== wanted[i])) wrong.push(half);
    }
    expect(wrong).toEqual([]);
  });

  it("finds the nearest for any float32 number, of either sign", () => {
    const inside = fc.float({ min: -MAX_FLOAT16, max: MAX_FLOAT16, noNaN: true });
    const small = fc.float({ min: Math.fround(-(2 ** -13)), max: Math.fround(2 ** -13), noNaN: true });
    fc.assert(
      fc.property(fc.oneof(inside, small), (value) => {
        expect(nearestFloat16(value)).toBe(nearestByLooking(value));
      }),
      { numRuns: 5000 },
    );
  });

  it("ends where numbers would round to infinity", () => {
    expect(nearestFloat16(Math.fround(65519.99))).toBe(0x7bff);
    expect(nearestFloat16(-65504)).toBe(0xfbff);
    expect([65519.99, -65519.99, 65520, Number.POSITIVE_INFINITY, Number.NaN].map(fitsFloat16)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
