import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../numbers/random.js";
import { sureRun } from "../testing/panel.js";
import { type PairwiseMethodOption, pairwiseMethod } from "./methods.js";

const values = (count: number, seed = 1) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => random.float());
};
const sorted = (all: readonly number[]) => all.map((_, i) => i).sort((a, b) => all[b]! - all[a]!);

describe("methods that order by themselves", () => {
  it.each<PairwiseMethodOption>([{ name: "sorting" }, { name: "sliding", passes: 1000 }])(
    "$name puts everything in order where judges are sure",
    async (option) => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 40 }), async (all) => {
          const run = sureRun(all);
          await pairwiseMethod(option).ask(run);
          expect(run.order).toEqual(sorted(all));
        }),
      );
    },
  );

  it.each<[PairwiseMethodOption, number, number]>([
    // Chance decides within these bounds.
    [{ name: "sorting" }, 130, 162],
    [{ name: "sliding" }, 700, 945],
  ])("%j finds the ten best of a hundred with few pairs", async (option, least, most) => {
    const all = values(100);
    const run = sureRun(all, 10);
    await pairwiseMethod(option).ask(run);
    expect(run.order.slice(0, 10)).toEqual(sorted(all).slice(0, 10));
    expect(new Set(run.order).size).toBe(100);
    expect(run.pairs.size).toBeGreaterThanOrEqual(least);
    expect(run.pairs.size).toBeLessThanOrEqual(Math.min(most, run.planned));
  });

  it("sliding looks once at a list that is in order", async () => {
    const run = sureRun([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    await pairwiseMethod({ name: "sliding", passes: 5 }).ask(run);
    expect(run.pairs.size).toBe(9);
  });

  it.each(["sorting", "sliding"] as const)(
    "%s keeps the incoming order of ties and of pairs without an answer",
    async (name) => {
      for (const outcome of [{ probability: 0.5, verdict: 0 } as const, undefined]) {
        const run = { ...sureRun(values(12)), compare: async () => outcome };
        await pairwiseMethod(name).ask(run);
        expect(run.order).toEqual(Array.from({ length: 12 }, (_, i) => i));
      }
    },
  );
});

describe("methods whose order comes from a fit", () => {
  const ask = async (option: PairwiseMethodOption | PairwiseMethodOption["name"], count: number) => {
    const run = sureRun(values(count));
    await pairwiseMethod(option).ask(run);
    return run;
  };

  it("asks all pairs", async () => {
    for (const count of [2, 3, 10])
      expect((await ask("all-pairs", count)).pairs.size).toBe((count * (count - 1)) / 2);
  });

  it("asks cycles of the wanted degree, each pair once, the same for the same seed", async () => {
    const run = await ask({ name: "cycles", degree: 6 }, 30);
    expect(run.pairs.size).toBe(90);
    expect(run.planned).toBe(90);
    const degrees = new Int32Array(30);
    for (const pair of run.pairs) for (const item of pair.split(",")) degrees[Number(item)]!++;
    expect([...degrees]).toEqual(Array.from({ length: 30 }, () => 6));
    expect((await ask({ name: "cycles", degree: 6 }, 30)).pairs).toEqual(run.pairs);
    expect((await ask({ name: "cycles", degree: 6, seed: 2 }, 30)).pairs).not.toEqual(run.pairs);
    expect((await ask("cycles", 2)).pairs.size).toBe(1);
  });

  it("asks no more pairs than allowed, and never more than there are", async () => {
    expect((await ask({ name: "active", pairs: 50 }, 30)).pairs.size).toBeLessThanOrEqual(50);
    for (const count of [2, 3, 4, 5]) {
      expect((await ask("active", count)).pairs.size).toBeLessThanOrEqual((count * (count - 1)) / 2);
    }
  });
});

it.each<[unknown, string]>([
  ["bubble", "method"],
  [{}, "method"],
  [null, "method"],
  [{ name: "active", pairs: 0 }, "method.pairs"],
  [{ name: "active", top: 1.5 }, "method.top"],
  [{ name: "active", seed: -1 }, "method.seed"],
  [{ name: "cycles", degree: 3 }, "method.degree"],
  [{ name: "cycles", degree: 0 }, "method.degree"],
  [{ name: "sliding", passes: 0 }, "method.passes"],
])("pairwiseMethod refuses %j", (option, field) => {
  expect(() => pairwiseMethod(option as PairwiseMethodOption)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", field }),
  );
});
