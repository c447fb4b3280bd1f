import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minoriseMaximise } from "../testing/minorise-maximise.js";
import { simulate } from "../testing/random-comparisons.js";
import { fitBradleyTerry } from "./fit-bradley-terry.js";

const N = 8;
const item = fc.nat(N - 1);
const comparison = fc
  .record({
    a: item,
    step: fc.integer({ min: 1, max: N - 1 }),
    probability: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    weight: fc.double({ min: 0.1, max: 3, noNaN: true }),
  })
  .map(({ a, step, probability, weight }) => ({ a, b: (a + step) % N, probability, weight }));
const comparisons = fc.array(comparison, { minLength: 1, maxLength: 40 });
const items = Array.from({ length: N }, (_, i) => i);

function expectSame(actual: ArrayLike<number>, wanted: ArrayLike<number>, digits = 6): void {
  for (let i = 0; i < wanted.length; i++) expect(actual[i]).toBeCloseTo(wanted[i]!, digits);
}

describe("fitBradleyTerry", () => {
  it("ranks a small tournament", () => {
    const fit = fitBradleyTerry([
      { a: "Ada", b: "Bob", probability: 1 },
      { a: "Bob", b: "Cleo", probability: 1 },
      { a: "Ada", b: "Cleo", probability: 0.5 },
    ]);
    expect(fit.ranking().map(({ item }) => item)).toEqual(["Ada", "Bob", "Cleo"]);
    expect(fit.probability("Ada", "Cleo")).toBeGreaterThan(0.5);
    expect(fit.score("Ada") + fit.score("Bob") + fit.score("Cleo")).toBeCloseTo(0, 12);
  });

  it("is the share of wins where there are two items", () => {
    const fit = fitBradleyTerry([{ a: 1, b: 2, probability: 0.8, weight: 5 }], { lambda: 0 });
    expect(fit.probability(1, 2)).toBeCloseTo(0.8, 12);
    // Var(e_1 − e_2) = 1 / (n p (1 − p)), times the dispersion, for which one pair leaves no degree of freedom.
    expect(fit.difference(1, 2).standardError).toBeCloseTo(1 / Math.sqrt(5 * 0.8 * 0.2), 10);
  });

  it("agrees with Hunter's MM algorithm", () => {
    for (const seed of [1, 2, 3]) {
      const { comparisons } = simulate(25, { cycles: 6, votes: 5, seed });
      const soft = comparisons.map((entry) => ({ ...entry, probability: 0.02 + 0.96 * entry.probability }));
      const options = { lambda: 0, items: Array.from({ length: 25 }, (_, i) => i) };
      expectSame(fitBradleyTerry(soft, options).scores, minoriseMaximise(25, soft), 8);
    }
  });

  it("leaves an undefeated item a finite score, whatever the tolerance", () => {
    const { comparisons } = simulate(20, { votes: 3 });
    const data = comparisons.map((entry) => {
      if (entry.a !== 0 && entry.b !== 0) return entry;
      return { ...entry, probability: entry.a === 0 ? 1 : 0 };
    });
    const all = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10].map((tolerance) => fitBradleyTerry(data, { tolerance }));
    const last = all.at(-1)!;
    expect(last.ranking()[0]!.item).toBe(0);
    expect(last.score(0)).toBeLessThan(8);
    for (const fit of all) expectSame(fit.scores, last.scores, 4);
    for (const fit of all.slice(1)) expectSame(fit.scores, last.scores, 9);
  });

  it("does not care about the order, the sides or the splitting of comparisons", () => {
    fc.assert(
      fc.property(comparisons, fc.nat(), (data, turn) => {
        const { scores } = fitBradleyTerry(data, { items });
        const shuffled = data.map((_, c) => data[(c + turn) % data.length]!);
        expectSame(fitBradleyTerry(shuffled, { items }).scores, scores);
        const swapped = data.map(({ a, b, probability, weight }) => ({
          a: b,
          b: a,
          probability: 1 - probability,
          weight,
        }));
        expectSame(fitBradleyTerry(swapped, { items }).scores, scores);
        const split = data.flatMap((entry) =>
          [0.25, 0.75].map((part) => ({ ...entry, weight: part * entry.weight })),
        );
        expectSame(fitBradleyTerry(split, { items }).scores, scores);
      }),
    );
  });

  it("follows items under other names", () => {
    fc.assert(
      fc.property(comparisons, fc.shuffledSubarray(items, { minLength: N, maxLength: N }), (data, names) => {
        const renamed = data.map((entry) => ({ ...entry, a: `d${names[entry.a]}`, b: `d${names[entry.b]}` }));
        const fit = fitBradleyTerry(data, { items });
        const other = fitBradleyTerry(renamed, { items: items.map((i) => `d${i}`) });
        for (const i of items) expect(other.score(`d${names[i]}`)).toBeCloseTo(fit.score(i), 6);
      }),
    );
  });

  it("is where nothing is gained any more", () => {
    fc.assert(
      fc.property(comparisons, fc.constantFrom(1e-3, 0.05, 1), (data, lambda) => {
        const fit = fitBradleyTerry(data, { items, lambda });
        expect(fit.converged).toBe(true);
        const gradient = fit.scores.map((score) => -lambda * score);
        for (const { a, b, probability, weight } of data) {
          const surprise = weight * (probability - fit.probability(a, b));
          gradient[a]! += surprise;
          gradient[b]! -= surprise;
        }
        for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-7);
      }),
    );
  });

  it("holds on to extreme preferences", () => {
    // A chain in which each item all but never loses to the next: 40 times log-odds of 27.6.
    const chain = Array.from({ length: 40 }, (_, i) => ({ a: i, b: i + 1, probability: 1 - 1e-12 }));
    const fit = fitBradleyTerry(chain, { lambda: 0 });
    expect(fit.converged).toBe(true);
    expect(fit.score(0) - fit.score(40)).toBeCloseTo(40 * Math.log(1e12), -1);
    const heavy = fitBradleyTerry([{ a: "x", b: "y", probability: 1, weight: 1e12 }], { lambda: 1e-9 });
    expect(heavy.score("x")).toBeGreaterThan(20);
    for (const value of [heavy.logLikelihood, ...heavy.scores, ...heavy.standardErrors()])
      expect(Number.isFinite(value)).toBe(true);
  });

  it("does not care about the unit of weights where there is no prior", () => {
    const { comparisons } = simulate(12, { cycles: 5, votes: 4 });
    const soft = comparisons.map((entry) => ({ ...entry, probability: 0.1 + 0.8 * entry.probability }));
    const { scores } = fitBradleyTerry(soft, { lambda: 0 });
    for (const weight of [1e-20, 1e-3, 1e15]) {
      const weighed = soft.map((entry) => ({ ...entry, weight }));
      expectSame(fitBradleyTerry(weighed, { lambda: 0 }).scores, scores);
    }
  });

  it("says which items have no finite score without a prior", () => {
    const data = [
      { a: "top", b: "x", probability: 1 },
      { a: "x", b: "y", probability: 0.7 },
    ];
    expect(() => fitBradleyTerry(data, { lambda: 0 })).toThrow(
      expect.objectContaining({
        code: "NOT_CONNECTED",
        message: expect.stringContaining('"top" never lost'),
      }),
    );
    const fit = fitBradleyTerry(data);
    expect(fit.connectivity.strong).toBe(false);
    expect(fit.connectivity.summary).toBe('"top" never lost to any of the others.');
    expect(fit.connectivity.groups).toEqual([["top"], ["x", "y"]]);
  });

  it("puts items without comparisons in the middle, and knows nothing of them", () => {
    const fit = fitBradleyTerry([{ a: "x", b: "y", probability: 1 }], {
      items: ["x", "y", "z"],
      lambda: 0.25,
    });
    expect(fit.score("z")).toBe(0);
    // The prior's deviation is 2; that of a score against the mean of all three a little less.
    expect(fit.standardErrors()[2]).toBeCloseTo(2 * Math.sqrt(2 / 3), 10);
    expect(() =>
      fitBradleyTerry([{ a: "x", b: "y", probability: 0.5 }], { items: ["x", "y", "z"], lambda: 0 }),
    ).toThrow('one of them is "z"');
    const alone = fitBradleyTerry([], { items: ["x"], lambda: 0 });
    expect([...alone.scores, ...alone.standardErrors()]).toEqual([0, 0]);
  });

  it("refuses bad options and unknown items", () => {
    const data = [{ a: "x", b: "y", probability: 1 }];
    for (const [options, field] of [
      [{ lambda: -1 }, "lambda"],
      [{ lambda: Number.NaN }, "lambda"],
      [{ tolerance: 0 }, "tolerance"],
      [{ maxIterations: 0 }, "maxIterations"],
      [{ dispersion: 0 }, "dispersion"],
      [{ items: ["x", "x"] }, "items[1]"],
    ] as const)
      expect(() => fitBradleyTerry<string>(data, options)).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", field }),
      );
    const fit = fitBradleyTerry<string>(data);
    expect(() => fit.score("nobody")).toThrow('item is "nobody": no such item was compared.');
    expect(() => fit.covariance(["x", "nobody"])).toThrow('items[1] is "nobody"');
  });

  it("says when steps run out", () => {
    const { comparisons } = simulate(10);
    expect(fitBradleyTerry(comparisons, { maxIterations: 1 }).converged).toBe(false);
  });
});
