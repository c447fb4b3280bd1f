import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "./holm.js";

const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

describe("holm", () => {
  it("never lowers a p-value, keeps their order, stays in [0, 1]", () => {
    fc.assert(
      fc.property(family, (p) => {
        const adjusted = holm(p);
        for (const [i, q] of adjusted.entries()) {
          expect(q).toBeGreaterThanOrEqual(p[i]!);
          expect(q).toBeLessThanOrEqual(1);
          for (const [j, other] of adjusted.entries())
            if (p[i]! <= p[j]!) expect(q).toBeLessThanOrEqual(other);
        }
      }),
    );
  });

  it("leaves a single test alone", () => {
    expect(holm([0.03])).toEqual([0.03]);
  });

  it("refuses an empty family and what is no probability", () => {
    expect(() => holm([])).toThrow("pValues.length is 0");
    expect(() => holm([0.5, 1.5])).toThrow("pValues[1] is 1.5: pass numbers from 0 to 1.");
  });
});
