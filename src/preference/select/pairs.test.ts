import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectedComponents } from "../connectivity/connected-components.js";
import { allPairs } from "./all-pairs.js";
import { crossPairs } from "./cross-pairs.js";
import { cyclePairs } from "./cycle-pairs.js";

const key = ([a, b]: readonly [number, number]) => `${Math.min(a, b)}-${Math.max(a, b)}`;

/** How often each item stands first, and second. */
function turns(n: number, pairs: readonly (readonly [number, number])[]) {
  const [first, second] = [new Int32Array(n), new Int32Array(n)];
  for (const [a, b] of pairs) {
    first[a]!++;
    second[b]!++;
  }
  return { first, second };
}

describe("allPairs", () => {
  it("has every pair once, and each item first about as often as second", () => {
    expect(allPairs(0)).toEqual([]);
    for (let n = 1; n < 12; n++) {
      const pairs = allPairs(n);
      expect(new Set(pairs.map(key)).size).toBe((n * (n - 1)) / 2);
      const { first, second } = turns(n, pairs);
      for (const [i, count] of first.entries()) expect(Math.abs(count - second[i]!)).toBeLessThanOrEqual(1);
    }
  });
});

describe("cyclePairs", () => {
  it("needs none for one item, both orders for two, and takes all pairs of few", () => {
    expect(cyclePairs(0)).toEqual([]);
    expect(cyclePairs(1)).toEqual([]);
    expect(cyclePairs(2)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    for (let n = 3; n <= 9; n++) expect(cyclePairs(n)).toEqual(allPairs(n));
  });

  it("is connected, of equal degree, fair to both sides and without repeats", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 150 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (n, cycles, seed) => {
          const pairs = cyclePairs(n, { cycles, seed });
          expect(pairs).toHaveLength(n * cycles);
          expect(new Set(pairs.map(key)).size).toBe(n * cycles);
          const { first, second } = turns(n, pairs);
          expect([...first, ...second]).toEqual(new Array(2 * n).fill(cycles));
          const ends = [0, 1].map((end) => Int32Array.from(pairs, (pair) => pair[end]!));
          expect(connectedComponents(n, ends[0]!, ends[1]!).count).toBe(1);
        },
      ),
    );
  });

  it("asks no question twice where items are few", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 15 }), fc.nat(), (n, seed) => {
        const pairs = cyclePairs(n, { seed });
        expect(new Set(pairs.map(String)).size).toBe(pairs.length);
        expect(pairs.length).toBeGreaterThanOrEqual(3 * n);
        expect(new Set(pairs.flat()).size).toBe(n);
      }),
    );
  });

  it("follows the seed", () => {
    expect(cyclePairs(50, { seed: 3 })).toEqual(cyclePairs(50, { seed: 3 }));
    expect(cyclePairs(50, { seed: 3 })).not.toEqual(cyclePairs(50, { seed: 4 }));
  });

  it("is quick for many items", () => {
    expect(cyclePairs(10_000, { cycles: 20 })).toHaveLength(200_000);
  });

  it("refuses counts that are not whole", () => {
    expect(() => cyclePairs(-1)).toThrow("n is -1");
    expect(() => cyclePairs(5, { cycles: 0 })).toThrow("cycles is 0");
  });
});

describe("crossPairs", () => {
  it("puts every group into two pairs a cycle, all different", () => {
    const sizes = [3, 1, 20, 5, 8, 2, 9];
    const pairs = crossPairs(sizes, { cycles: 3 });
    const counts = new Int32Array(sizes.length);
    for (const pair of pairs)
      for (const { group, item } of pair) {
        expect(item).toBeLessThan(sizes[group]!);
        counts[group]!++;
      }
    expect([...counts]).toEqual(sizes.map(() => 6));
    expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(pairs.length);
    for (const [a, b] of pairs) expect(a.group).not.toBe(b.group);
  });

  it("has nothing to cross in one group, and repeats no pair of tiny ones", () => {
    expect(crossPairs([])).toEqual([]);
    expect(crossPairs([5])).toEqual([]);
    expect(crossPairs([1, 1], { cycles: 10 })).toHaveLength(2);
    expect(() => crossPairs([3, 0])).toThrow("sizes[1] is 0");
  });
});
