import { describe, expect, it } from "vitest";
import { fitBradleyTerry } from "../fit/fit-bradley-terry.js";
import { simulate } from "../testing/random-comparisons.js";
import { selectPairs } from "./select-pairs.js";

const { comparisons } = simulate(30, { cycles: 2, votes: 3 });
const items = Array.from({ length: 30 }, (_, i) => i);
const fit = fitBradleyTerry(comparisons, { items, dispersion: 1 });

describe("selectPairs", () => {
  it("takes the pairs of largest p(1 − p)·Var(e_a − e_b)", () => {
    const [best] = selectPairs(fit, { count: 1 });
    const gains = items.flatMap((a) =>
      items.slice(a + 1).map((b) => {
        const p = fit.probability(a, b);
        return p * (1 - p) * fit.difference(a, b).standardError ** 2;
      }),
    );
    expect(best!.gain).toBeCloseTo(Math.max(...gains), 10);
  });

  it("asks about no item too often, and about no pair again", () => {
    const selected = selectPairs(fit, { count: 20, asked: comparisons });
    expect(selected).toHaveLength(20);
    const known = new Set(comparisons.flatMap(({ a, b }) => [`${a}-${b}`, `${b}-${a}`]));
    for (const { a, b } of selected) expect(known).not.toContain(`${a}-${b}`);
    for (const perItem of [1, 3]) {
      const counts = new Map<number, number>();
      for (const { a, b } of selectPairs(fit, { count: 40, perItem }))
        for (const item of [a, b]) counts.set(item, (counts.get(item) ?? 0) + 1);
      expect(Math.max(...counts.values())).toBe(perItem);
    }
    for (const [k, { gain }] of selected.entries())
      expect(gain).toBeLessThanOrEqual(selected[k - 1]?.gain ?? Infinity);
  });

  it("looks only at those that may be among the best, where asked to", () => {
    const errors = fit.standardErrors();
    const tenth = fit.ranking()[9]!.score;
    const selected = selectPairs(fit, { count: 50, top: 10 });
    expect(selected.length).toBeGreaterThan(20);
    for (const item of selected.flatMap(({ a, b }) => [a, b]))
      expect(fit.score(item) + errors[item]!).toBeGreaterThanOrEqual(tenth);
    expect(selectPairs(fit, { count: 50, top: 10, reach: 0 }).length).toBeLessThan(selected.length);
    expect(selectPairs(fit, { count: 5, top: 100 })).toEqual(selectPairs(fit, { count: 5, perItem: 8 }));
  });

  it("does not depend on the dispersion of votes", () => {
    const wide = fitBradleyTerry(comparisons, { items, dispersion: 4 });
    const pairs = (list: readonly { a: number; b: number }[]) => list.map(({ a, b }) => [a, b]);
    expect(pairs(selectPairs(wide, { count: 20, top: 5 }))).toEqual(
      pairs(selectPairs(fit, { count: 20, top: 5 })),
    );
  });

  it("has nothing to select where all was asked, or of one item", () => {
    const pair = fitBradleyTerry([{ a: "x", b: "y", probability: 1 }]);
    expect(selectPairs(pair, { count: 5, asked: [{ a: "y", b: "x" }] })).toEqual([]);
    expect(selectPairs(fitBradleyTerry([], { items: ["x"] }), { count: 5 })).toEqual([]);
    expect(() => selectPairs(pair, { count: -1 })).toThrow("count is -1");
  });

  it("refuses to rank the pairs of thousands of items", () => {
    const many = fitBradleyTerry(simulate(3001, { cycles: 2 }).comparisons);
    expect(() => selectPairs(many, { count: 5 })).toThrow("fit.items.length is 3001");
  });
});
