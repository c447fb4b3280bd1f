import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../numbers/normal.js";
import { Random } from "../../numbers/random.js";
import { pairedT } from "./paired-t.js";
import { detectableDifference, queriesNeeded } from "./power.js";

describe("power", () => {
  it("needs hundreds of queries for a difference of 0.02", () => {
    expect(queriesNeeded({ sd: 0.2, delta: 0.02 })).toBe(787);
    expect(detectableDifference({ n: 43, sd: 0.2 })).toBeCloseTo(0.0875, 4);
  });

  it("answers both questions alike: n detects delta, n − 1 does not", () => {
    const size = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, size, fc.constantFrom(0.8, 0.9, 0.95), (sd, delta, power) => {
        const n = queriesNeeded({ sd, delta, power });
        expect(detectableDifference({ n, sd, power })).toBeLessThanOrEqual(delta);
        if (n > 2) expect(detectableDifference({ n: n - 1, sd, power })).toBeGreaterThan(delta);
      }),
    );
  });

  it("is the share of simulated tests that find the difference", () => {
    const random = new Random(4);
    const delta = detectableDifference({ n: 30, sd: 1 });
    let found = 0;
    for (let trial = 0; trial < 500; trial++) {
      const d = Array.from({ length: 30 }, () => delta + normalQuantile(random.float() || 0.5));
      if (pairedT(d).p < 0.05) found++;
    }
    // Binomial(500, 0.8): mean 400, standard deviation 9.
    expect(Math.abs(found - 400)).toBeLessThan(36);
  });

  it("refuses bad options", () => {
    expect(() => queriesNeeded({ sd: 0, delta: 0.1 })).toThrow("sd is 0: pass a finite number above 0.");
    expect(() => queriesNeeded({ sd: 1, delta: -1 })).toThrow("delta is -1");
    expect(() => queriesNeeded({ sd: 1, delta: 1e-6 })).toThrow("over 10^9 queries");
    expect(() => queriesNeeded({ sd: 1, delta: 1, alpha: 1 })).toThrow("alpha is 1");
    expect(() => detectableDifference({ n: 1, sd: 1 })).toThrow("n is 1: pass a whole number of at least 2.");
    expect(() => detectableDifference({ n: 9, sd: 1, power: 0.4 })).toThrow("power is 0.4");
  });
});
