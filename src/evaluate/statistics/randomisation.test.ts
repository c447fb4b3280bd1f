import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { randomisationTest } from "./randomisation.js";

const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 });

describe("randomisationTest", () => {
  it("gives p in (0, 1], the same for either order of the systems", () => {
    fc.assert(
      fc.property(differences, fc.nat(), (d, seed) => {
        const { p } = randomisationTest(d, { flips: 200, seed });
        const mirrored = randomisationTest(
          d.map((x) => -x),
          { flips: 200, seed },
        );
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(mirrored.p).toBe(p);
      }),
    );
  });

  it("counts ties that rounding would hide", () => {
    // Of the 8 patterns, ±(0.1 + 0.2 − 0.3) are 0 like the observed sum, which floats miss by 6e-17.
    expect(0.1 + 0.2 - 0.3).not.toBe(0);
    expect(randomisationTest([0.1, 0.2, -0.3]).p).toBe(1);
    // All of one sign: the two extreme patterns of 2^10.
    expect(randomisationTest(new Array(10).fill(0.1)).p).toBe(2 / 1024);
  });

  it("leaves out zeros, which have no sign", () => {
    const zeros = new Array(500).fill(0);
    expect(randomisationTest([...zeros, 1, 1, 1])).toEqual({ p: 0.25, exact: true, flips: 8 });
    expect(randomisationTest(zeros)).toEqual({ p: 1, exact: true, flips: 1 });
  });

  it("comes near the exact p when it samples", () => {
    const random = new Random(5);
    const d = Array.from({ length: 15 }, () => random.float() - 0.3);
    const exact = randomisationTest(d);
    const sampled = randomisationTest(d, { flips: 30_000, seed: 1 });
    expect([exact.exact, sampled.exact]).toEqual([true, false]);
    // Four standard errors of a share estimated from 30,000 draws.
    expect(Math.abs(sampled.p - exact.p)).toBeLessThan(4 * Math.sqrt((exact.p * (1 - exact.p)) / 30_000));
  });

  it("is seldom significant where nothing differs", () => {
    const random = new Random(11);
    let significant = 0;
    for (let trial = 0; trial < 400; trial++) {
      const d = Array.from({ length: 40 }, () => random.float() - random.float());
      if (randomisationTest(d, { flips: 399, seed: trial }).p <= 0.05) significant++;
    }
    // Binomial(400, 0.05): mean 20, standard deviation 4.4.
    expect(significant).toBeGreaterThan(5);
    expect(significant).toBeLessThan(38);
  });

  it("refuses bad options", () => {
    expect(() => randomisationTest([])).toThrow("differences.length is 0");
    expect(() => randomisationTest([1], { flips: 0 })).toThrow(
      "flips is 0: pass a whole number from 1 to 10000000.",
    );
    expect(() => randomisationTest([1], { seed: -1 })).toThrow("seed is -1");
  });
});
