import * as fc from "fast-check";
import { expect, it } from "vitest";
import { describe, mean } from "./describe.js";
import { quantile } from "./quantile.js";

it("describes a sample", () => {
  expect(describe([4, 1, 3, 2])).toEqual({
    n: 4,
    mean: 2.5,
    sd: Math.sqrt(5 / 3),
    min: 1,
    q1: 1.75,
    median: 2.5,
    q3: 3.25,
    max: 4,
  });
  expect(describe([7])).toEqual({ n: 1, mean: 7, sd: Number.NaN, min: 7, q1: 7, median: 7, q3: 7, max: 7 });
});

it("finds no spread in a constant, whatever its sum rounds to", () => {
  const tenths = new Array(1000).fill(0.1);
  expect(tenths.reduce((sum, value) => sum + value, 0) / 1000).not.toBe(0.1);
  expect(describe(tenths)).toMatchObject({ mean: 0.1, sd: 0 });
});

it("has a mean and quantiles between the extremes, quantiles rising with q", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  const q = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(values, q, q, (sample, a, b) => {
      const { min, max } = describe(sample);
      const slack = 1e-9;
      expect(mean(sample)).toBeGreaterThanOrEqual(min - slack);
      expect(mean(sample)).toBeLessThanOrEqual(max + slack);
      expect(quantile(sample, Math.min(a, b))).toBeLessThanOrEqual(quantile(sample, Math.max(a, b)) + slack);
    }),
  );
});

it("refuses no values, other things than numbers, and q outside [0, 1]", () => {
  expect(() => describe([])).toThrow("values.length is 0");
  expect(() => mean(undefined as unknown as number[])).toThrow("values is undefined: pass an array");
  expect(() => mean(["1"] as unknown as number[])).toThrow('values[0] is "1"');
  expect(() => quantile([1, 2], 50)).toThrow("q is 50");
});
