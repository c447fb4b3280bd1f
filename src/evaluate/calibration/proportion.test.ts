import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearsonInterval } from "./clopper-pearson.js";
import { wilsonInterval } from "./wilson.js";

const counts = fc.integer({ min: 1, max: 500 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));

describe.each([
  ["wilsonInterval", wilsonInterval],
  ["clopperPearsonInterval", clopperPearsonInterval],
])("%s", (_, interval) => {
  it("holds the share, lies in [0, 1], mirrors, and widens with confidence", () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { lower, upper } = interval(k, n);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(k / n);
        expect(upper).toBeGreaterThanOrEqual(k / n);
        expect(interval(n - k, n).lower).toBeCloseTo(1 - upper, 12);
        expect(interval(k, n, 0.99).upper).toBeGreaterThanOrEqual(upper);
      }),
    );
  });

  it("refuses impossible counts", () => {
    expect(() => interval(0, 0)).toThrow("trials is 0: pass a whole number of at least 1.");
    expect(() => interval(3, 2)).toThrow("successes is 3: pass a whole number from 0 to 2.");
    expect(() => interval(1, 2, 1)).toThrow("confidence is 1");
  });
});
