import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cycleRate } from "./cycle-rate.js";
import { winRates } from "./win-rates.js";

const N = 7;
const pairs = Array.from({ length: N }, (_, a) =>
  Array.from({ length: N - a - 1 }, (_, k) => ({ a, b: a + k + 1 })),
).flat();
const outcome = fc.constantFrom(0, 0.5, 1, 0.7, undefined);

/** By looking at every triple. */
function count(entries: readonly { a: number; b: number; probability: number }[]) {
  const margin = (i: number, j: number) => {
    const found = entries.find(({ a, b }) => (a === i && b === j) || (a === j && b === i));
    if (found === undefined) return 0;
    return found.a === i ? found.probability - 0.5 : 0.5 - found.probability;
  };
  let [triples, cycles] = [0, 0];
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++)
      for (let k = j + 1; k < N; k++) {
        const signs = [margin(i, j), margin(j, k), margin(k, i)].map(Math.sign);
        if (signs.includes(0)) continue;
        triples++;
        if (signs.every((sign) => sign === signs[0])) cycles++;
      }
  return { triples, cycles };
}

describe("cycleRate", () => {
  it("counts the circles among all triples that were decided", () => {
    fc.assert(
      fc.property(fc.array(outcome, { minLength: pairs.length, maxLength: pairs.length }), (outcomes) => {
        const entries = pairs.flatMap((pair, k) => {
          const probability = outcomes[k];
          return probability === undefined ? [] : [{ ...pair, probability }];
        });
        fc.pre(entries.length > 0);
        const { triples, cycles, rate } = cycleRate(entries);
        expect({ triples, cycles }).toEqual(count(entries));
        expect(rate).toBe(triples > 0 ? cycles / triples : undefined);
      }),
    );
  });

  it("counts a full tournament by wins, which comes to the same", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: pairs.length, maxLength: pairs.length }), (wins) => {
        const entries = pairs.map((pair, k) => ({ ...pair, probability: wins[k] ? 1 : 0 }));
        expect(cycleRate(entries)).toMatchObject(count(entries));
      }),
    );
  });
});

describe("winRates", () => {
  it("is soft wins over comparisons, best first", () => {
    const rates = winRates(
      [
        { a: "x", b: "y", probability: 1 },
        { a: "y", b: "z", probability: 0.75, weight: 2 },
      ],
      { items: ["w", "x", "y", "z"] },
    );
    expect(rates).toEqual([
      { item: "x", score: 1 },
      { item: "w", score: 0.5 },
      { item: "y", score: 0.5 },
      { item: "z", score: 0.25 },
    ]);
  });
});
