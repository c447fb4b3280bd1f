import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { borda } from "./borda.js";
import { countPreferences } from "./count-preferences.js";
import { disagreement } from "./disagreement.js";
import { kemeny } from "./kemeny.js";
import { improveOrder } from "./kemeny-search.js";

const letters = ["a", "b", "c", "d", "e", "f"];
const orders = fc.array(fc.shuffledSubarray(letters, { minLength: 6, maxLength: 6 }), {
  minLength: 1,
  maxLength: 6,
});
const partial = fc.array(
  fc.record({
    order: fc.shuffledSubarray(["a", "b", "c"], { minLength: 1 }),
    others: fc.shuffledSubarray(["d", "e", "f"]),
    weight: fc.constantFrom(0.5, 1, 2),
  }),
  { minLength: 1, maxLength: 6 },
);

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** Weight of the pairs that the rankings put the other way round. */
function distanceTo(
  order: readonly string[],
  rankings: readonly { order: string[]; others?: string[]; weight?: number }[],
) {
  let distance = 0;
  for (const { order: ranked, others = [], weight = 1 } of rankings)
    for (const [k, winner] of ranked.entries())
      for (const loser of [...ranked.slice(k + 1), ...others])
        if (order.indexOf(winner) > order.indexOf(loser)) distance += weight;
  return distance;
}

describe("borda", () => {
  it("is the order of mean ranks", () => {
    fc.assert(
      fc.property(orders, (rankings) => {
        for (const { item, score } of borda(rankings)) {
          const meanRank = rankings.reduce((sum, order) => sum + order.indexOf(item), 0) / rankings.length;
          expect(score).toBeCloseTo(1 - meanRank / 5, 12);
        }
      }),
    );
  });

  it("counts the unordered rest of a top list as tied, and the unseen as middling", () => {
    const scores = borda([{ order: ["a"], others: ["b", "c"] }, ["b", "c"]], { items: ["a", "b", "c", "z"] });
    expect(scores).toEqual([
      { item: "a", score: 1 },
      { item: "b", score: 0.5 },
      { item: "z", score: 0.5 },
      { item: "c", score: 0.5 / 3 },
    ]);
  });
});

describe("kemeny", () => {
  it("finds the closest of all orders", () => {
    const all = permutations(letters);
    fc.assert(
      fc.property(
        fc.oneof(
          orders.map((list) => list.map((order) => ({ order }))),
          partial,
        ),
        (rankings) => {
          const { order, distance, exact } = kemeny(rankings, { items: letters });
          expect(exact).toBe(true);
          expect(distance).toBeCloseTo(distanceTo(order, rankings), 9);
          const least = Math.min(...all.map((other) => distanceTo(other, rankings)));
          expect(distance).toBeCloseTo(least, 9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("solves Condorcet's paradox as well as can be", () => {
    const { distance, order } = kemeny([
      ["a", "b", "c"],
      ["b", "c", "a"],
      ["c", "a", "b"],
    ]);
    expect(distance).toBe(4);
    expect(order).toHaveLength(3);
  });

  it("is exact for many items that rankings nearly agree about, group by group", () => {
    const random = new Random(5);
    const rankings = Array.from({ length: 7 }, () => {
      const noisy = Array.from({ length: 200 }, (_, item) => [item, item + 1.5 * random.normal()] as const);
      return noisy.sort((a, b) => a[1] - b[1]).map(([item]) => item);
    });
    const { exact, order } = kemeny(rankings);
    expect(exact).toBe(true);
    expect(new Set(order).size).toBe(200);
  });

  it("leaves no item in a place worse than another", () => {
    const random = new Random(6);
    const rankings = Array.from({ length: 5 }, () => random.shuffle(Array.from({ length: 40 }, (_, i) => i)));
    const found = kemeny(rankings);
    expect(found.exact).toBe(false);
    const placed = rankings.map((order) => ({ places: Int32Array.from(order), ordered: 40, weight: 1 }));
    const counts = countPreferences(40, placed);
    expect(disagreement(40, counts, found.order).distance).toBe(found.distance);
    const again = [...found.order];
    improveOrder(40, counts, again);
    expect(disagreement(40, counts, again).distance).toBe(found.distance);
    const ofBorda = borda(rankings).map(({ item }) => item);
    expect(found.distance).toBeLessThan(disagreement(40, counts, ofBorda).distance);
  });
});
