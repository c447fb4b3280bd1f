import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { compareSystems } from "./compare-systems.js";

const quick = { flips: 500, resamples: 200 };
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const sample = fc
  .integer({ min: 1, max: 50 })
  .chain((n) => fc.tuple(...[0, 1, 2].map(() => fc.array(unit, { minLength: n, maxLength: n }))));

describe("compareSystems", () => {
  it("finds a better system, and nothing between equals", () => {
    const random = new Random(1);
    const baseline = Float64Array.from({ length: 100 }, () => random.float());
    const better = baseline.map((value) => value + 0.1 + 0.2 * (random.float() - 0.5));
    const [first, same] = compareSystems({
      baseline,
      systems: [
        { name: "better", values: better },
        { name: "same", values: baseline.slice() },
      ],
    });
    expect(first).toMatchObject({
      name: "better",
      wins: 100,
      ties: 0,
      losses: 0,
      p: 1 / 100_001,
      pHolm: 2 / 100_001,
    });
    expect(first?.interval95.lower).toBeGreaterThan(0.08);
    expect(first?.interval95.upper).toBeLessThan(0.12);
    expect(first?.difference).toBeGreaterThan(first?.detectable ?? Infinity);
    expect(same).toMatchObject({
      wins: 0,
      ties: 100,
      losses: 0,
      difference: 0,
      p: 1,
      pT: 1,
      pHolm: 1,
      detectable: 0,
    });
    expect(same?.interval95).toEqual({ lower: 0, upper: 0 });
  });

  it("keeps its promises for any values", () => {
    fc.assert(
      fc.property(sample, ([baseline, a, b]) => {
        const systems = [a, b].map((values, i) => ({ name: String(i), values: Float64Array.from(values!) }));
        const compared = compareSystems({ baseline: Float64Array.from(baseline!), systems, ...quick });
        for (const { p, pHolm, wins, ties, losses, mean, difference, interval95 } of compared) {
          expect(wins + ties + losses).toBe(baseline!.length);
          expect(p).toBeGreaterThan(0);
          expect(pHolm).toBeGreaterThanOrEqual(p);
          expect(pHolm).toBeLessThanOrEqual(1);
          expect(interval95.lower).toBeLessThanOrEqual(interval95.upper);
          expect(mean - difference).toBeCloseTo(
            baseline!.reduce((sum, x) => sum + x, 0) / baseline!.length,
            9,
          );
        }
      }),
    );
  });

  it("mirrors when the systems change places", () => {
    fc.assert(
      fc.property(sample, ([a, b]) => {
        const [x, y] = [Float64Array.from(a!), Float64Array.from(b!)];
        const [there] = compareSystems({ baseline: x, systems: [{ name: "y", values: y }], ...quick });
        const [back] = compareSystems({ baseline: y, systems: [{ name: "x", values: x }], ...quick });
        expect(back).toMatchObject({ wins: there!.losses, losses: there!.wins, p: there!.p, pT: there!.pT });
        expect(back!.difference).toBeCloseTo(-there!.difference, 14);
      }),
    );
  });

  it("gives a system the same figures whoever else is compared", () => {
    const [baseline, a, b] = [0, 1, 2].map((seed) => {
      const random = new Random(seed);
      return Float64Array.from({ length: 30 }, () => random.float());
    });
    const alone = compareSystems({ baseline: baseline!, systems: [{ name: "b", values: b! }], ...quick });
    const systems = [
      { name: "a", values: a! },
      { name: "b", values: b! },
    ];
    const { pHolm: _, ...among } = compareSystems({ baseline: baseline!, systems, ...quick })[1]!;
    expect(alone[0]).toMatchObject(among);
  });

  it("takes differences of mere rounding for ties", () => {
    const [system] = compareSystems({
      baseline: Float64Array.of(0.1 + 0.2, 0.5),
      systems: [{ name: "a", values: Float64Array.of(0.3, 0.5) }],
    });
    expect(system).toMatchObject({ ties: 2, difference: 0, p: 1 });
  });

  it("cannot tell anything from one query", () => {
    const [system] = compareSystems({
      baseline: Float64Array.of(0.2),
      systems: [{ name: "a", values: Float64Array.of(0.9) }],
    });
    expect(system).toMatchObject({ wins: 1, p: 1, pT: 1, detectable: Infinity });
  });

  it("refuses misaligned, missing, repeated and broken input", () => {
    const baseline = Float64Array.of(1, 2);
    const a = { name: "a", values: baseline };
    expect(() => compareSystems({ baseline, systems: [] })).toThrow(
      "systems.length is 0: at least 1 needed.",
    );
    expect(() => compareSystems({ baseline: new Float64Array(), systems: [a] })).toThrow(
      "baseline.length is 0",
    );
    expect(() => compareSystems({ baseline, systems: [a, a] })).toThrow('systems[1].name is "a"');
    expect(() => compareSystems({ baseline, systems: [{ name: "b", values: Float64Array.of(1) }] })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message:
          "systems[0].values.length is 1: baseline.length is 2; align the two, one entry each in the same order.",
      }),
    );
    const broken = { name: "b", values: Float64Array.of(1, Number.NaN) };
    expect(() => compareSystems({ baseline, systems: [broken] })).toThrow("systems[0].values[1] is NaN");
    expect(() => compareSystems({ baseline, systems: [a], seed: 0.5 })).toThrow("seed is 0.5");
  });
});
