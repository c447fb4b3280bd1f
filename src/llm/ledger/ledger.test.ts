import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ledger, type Reservation } from "./ledger.js";
import type { Consumption } from "./price.js";
import { describeCost } from "./tally.js";

const PRICES = { mini: { input: 1, output: 2 }, reranker: { searchUnit: 0.5 } };
const MINI = { stage: "judge", model: "mini" };
const used = (promptTokens: number, completionTokens = 0): Consumption => ({
  promptTokens,
  completionTokens,
});

/** 1 of cost, a million of tokens. */
const ONE = used(1_000_000);

/** Until everybody who may go on has done so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("Ledger", () => {
  it("keeps books by stage and model", async () => {
    const ledger = new Ledger({ prices: PRICES, currency: "USD" });
    (await ledger.reserve(MINI, ONE)).settle({ used: used(500_000, 250_000), requests: 2 });
    ledger.record({ ...MINI, used: { ...used(100_000), cachedTokens: 60_000 } });
    ledger.record({ stage: "first", model: "reranker", used: { searchUnits: 3 } });
    ledger.record({ stage: "first", model: "local" });
    expect(JSON.parse(JSON.stringify(ledger.snapshot()))).toEqual({
      currency: "USD",
      budget: {},
      total: {
        ...{ calls: 4, requests: 5, promptTokens: 600_000, completionTokens: 250_000, cachedTokens: 60_000 },
        ...{ searchUnits: 3, cost: 2.6, unknownUsage: 1, unknownCost: 1 },
      },
      entries: [
        {
          ...{ stage: "judge", model: "mini", calls: 2, requests: 3, promptTokens: 600_000 },
          ...{ completionTokens: 250_000, cachedTokens: 60_000, searchUnits: 0, cost: 1.1 },
          ...{ unknownUsage: 0, unknownCost: 0 },
        },
        {
          ...{
            stage: "first",
            model: "reranker",
            calls: 1,
            requests: 1,
            promptTokens: 0,
            completionTokens: 0,
          },
          ...{ cachedTokens: 0, searchUnits: 3, cost: 1.5, unknownUsage: 0, unknownCost: 0 },
        },
        {
          ...{ stage: "first", model: "local", calls: 1, requests: 1, promptTokens: 0, completionTokens: 0 },
          ...{ cachedTokens: 0, searchUnits: 0, cost: 0, unknownUsage: 1, unknownCost: 1 },
        },
      ],
    });
    expect(ledger.total({ stage: "first" }).calls).toBe(2);
    expect(ledger.total({ stage: "first", model: "mini" }).calls).toBe(0);
    expect(describeCost(ledger.total(), ledger.currency)).toBe("at least 2.6 USD (1 call of unknown cost)");
    expect(describeCost(ledger.total({ model: "mini" }), "USD")).toBe("1.1 USD");
    expect(describeCost(ledger.total({ model: "local" }))).toBe("unknown (1 call)");
  });

  it("takes the price of the name by which the server answers where it has no other", async () => {
    const ledger = new Ledger({ prices: PRICES });
    const reservation = await ledger.reserve({ stage: "s", model: "alias" }, ONE);
    expect(reservation.settle({ used: ONE, answeredBy: "mini" })).toBe(1);
    expect(ledger.priceOf("__proto__", "toString", undefined)).toBeUndefined();
  });

  it.each([
    ["cost", { cost: 2.5 }, 2],
    ["calls", { calls: 3 }, 3],
    ["tokens", { tokens: 1_000_000 }, 1],
    ["cost, with sums that are not exact", { cost: 3 }, 3],
  ])("stops before a call that would break the budget of %s", async (_, budget, calls) => {
    const ledger = new Ledger({ prices: PRICES, budget });
    for (let i = 0; i < calls; i++) (await ledger.reserve(MINI, ONE)).settle({ used: ONE });
    await expect(ledger.reserve(MINI, ONE)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(ledger.total().calls).toBe(calls);
  });

  it.each(["cost", "calls", "tokens"])("allows no call where the budget of %s is 0", async (part) => {
    const ledger = new Ledger({ prices: { free: { input: 0, output: 0 } }, budget: { [part]: 0 } });
    await expect(ledger.reserve({ stage: "s", model: "free" }, used(0))).rejects.toMatchObject({
      code: "BUDGET_EXCEEDED",
      field: `budget.${part}`,
      message: expect.stringContaining("which allows no call"),
    });
  });

  it("says what is missing where the most that a call can take is unknown", async () => {
    const ledger = new Ledger({ prices: PRICES, budget: { cost: 5 }, currency: "USD" });
    await expect(ledger.reserve({ stage: "judge", model: "other" }, ONE)).rejects.toThrow(
      'The budget of 5 USD ends before the next call of judge to other: there is no price for "other"; add one.',
    );
    await expect(ledger.reserve(MINI, used(1, Number.POSITIVE_INFINITY))).rejects.toThrow(/give maxTokens/);
    await expect(ledger.reserve(MINI, used(9_000_000))).rejects.toThrow(
      "5 are left, and the call could take 9.",
    );
    const tokens = new Ledger({ budget: { tokens: 5 } });
    await expect(tokens.reserve(MINI, used(1, Number.POSITIVE_INFINITY))).rejects.toThrow(/give maxTokens/);
  });

  it("waits for calls under way where they may leave enough", async () => {
    const ledger = new Ledger({ prices: PRICES, budget: { cost: 2 } });
    const [first, second] = [await ledger.reserve(MINI, ONE), await ledger.reserve(MINI, ONE)];
    let third: Reservation | undefined;
    const waiting = ledger.reserve(MINI, ONE).then((reservation) => {
      third = reservation;
    });
    first.settle({ used: used(900_000) });
    await Promise.resolve();
    expect(third).toBeUndefined();
    second.settle({ used: used(100_000) });
    await waiting;
    expect(third).toBeDefined();
    // Nothing that is under way leaves enough for this one.
    await expect(ledger.reserve(MINI, used(1_500_000))).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("stops waiting when told, and at the deadline", async () => {
    const ledger = new Ledger({ budget: { calls: 1 } });
    await ledger.reserve(MINI, ONE);
    const signal = AbortSignal.timeout(5);
    await expect(ledger.reserve(MINI, ONE, { signal })).rejects.toMatchObject({ code: "ABORTED" });
    const deadline = performance.now() + 5;
    await expect(ledger.reserve(MINI, ONE, { deadline })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
  });

  it("keeps the room of calls that may be billed, and frees that of those that are not", async () => {
    const ledger = new Ledger({ prices: PRICES, budget: { cost: 3 } });
    (await ledger.reserve(MINI, ONE)).release();
    (await ledger.reserve(MINI, ONE)).abandon();
    (await ledger.reserve(MINI, ONE)).settle({ used: undefined });
    expect(ledger.total()).toMatchObject({ calls: 2, cost: 0, unknownCost: 2, unknownUsage: 2 });
    (await ledger.reserve(MINI, ONE)).settle({ used: used(1) });
    await expect(ledger.reserve(MINI, ONE)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("counts requests that were lost before the answer", async () => {
    const ledger = new Ledger({ prices: PRICES, budget: { cost: 3.5 } });
    expect((await ledger.reserve(MINI, ONE)).settle({ used: used(1_000_000) }, 2)).toBe(1);
    expect(ledger.total()).toMatchObject({ calls: 3, cost: 1, unknownCost: 2 });
    await expect(ledger.reserve(MINI, ONE)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  it("counts what is read from a journal against the budget", async () => {
    const ledger = new Ledger({ prices: PRICES, budget: { cost: 2, calls: 9 } });
    expect(ledger.record({ ...MINI, used: ONE })).toBe(1);
    expect(ledger.record({ ...MINI, atMost: used(600_000) })).toBeUndefined();
    await expect(ledger.reserve(MINI, used(500_000))).rejects.toThrow(/0.4 are left/);
  });

  it("refuses to end a reservation twice", async () => {
    const reservation = await new Ledger().reserve(MINI, ONE);
    reservation.release();
    expect(() => reservation.settle({ used: ONE })).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });

  it("refuses budgets that nobody can mean", () => {
    for (const budget of [{ cost: -1 }, { calls: Number.NaN }, { tokens: "9" }, { money: 1 }]) {
      expect(() => new Ledger({ budget: budget as object })).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", field: `budget.${Object.keys(budget)[0]}` }),
      );
    }
  });

  it("never lets what is spent and reserved pass the budget, whatever ends when and how", async () => {
    const step = fc.record({
      most: fc.record({ promptTokens: fc.nat(900_000), completionTokens: fc.nat(200_000) }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      ending: fc.constantFrom("settle", "unknown", "abandon", "release"),
      endsAfter: fc.nat(4),
    });
    const budget = fc.record(
      { cost: fc.double({ min: 0.1, max: 3, noNaN: true }), calls: fc.nat(8), tokens: fc.nat(3_000_000) },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(budget, fc.array(step, { maxLength: 20 }), async (budget, steps) => {
        const ledger = new Ledger({ prices: PRICES, budget });
        const worst = { cost: 0, calls: 0, tokens: 0 };
        let known = 0;
        let unknown = 0;
        const add = ({ promptTokens = 0, completionTokens = 0 }: Consumption, sign: number, calls = 1) => {
          worst.cost += (sign * (promptTokens + 2 * completionTokens)) / 1e6;
          worst.calls += sign * calls;
          worst.tokens += sign * (promptTokens + completionTokens);
        };
        const ends: { at: number; end: () => void }[] = [];
        const call = async ({ most, share, ending, endsAfter }: (typeof steps)[number], index: number) => {
          const reservation = await ledger.reserve(MINI, most);
          add(most, 1);
          for (const part of ["cost", "calls", "tokens"] as const) {
            expect(worst[part]).toBeLessThanOrEqual(
              (budget[part] ?? Number.POSITIVE_INFINITY) * (1 + 1e-8) + 1e-12,
            );
          }
          const true_ = used(
            Math.floor(most.promptTokens * share),
            Math.floor(most.completionTokens * share),
          );
          const end = () => {
            if (ending === "release") {
              reservation.release();
              add(most, -1);
            } else if (ending === "settle") {
              known += reservation.settle({ used: true_ }) ?? Number.NaN;
              add(most, -1, 0);
              add(true_, 1, 0);
            } else {
              unknown++;
              if (ending === "abandon") reservation.abandon();
              else expect(reservation.settle({})).toBeUndefined();
            }
          };
          ends.push({ at: index + endsAfter, end });
        };
        const calls: Promise<unknown>[] = [];
        for (const [index, each] of steps.entries()) {
          calls.push(call(each, index).catch((error) => expect(error.code).toBe("BUDGET_EXCEEDED")));
          await settled();
          for (const due of ends.splice(0)) due.at <= index ? due.end() : ends.push(due);
          await settled();
        }
        while (ends.length > 0) {
          ends.shift()?.end();
          await settled();
        }
        await Promise.all(calls);
        const total = ledger.total();
        expect(total.cost).toBeCloseTo(known, 9);
        expect(total.unknownCost).toBe(unknown);
        expect(total.calls).toBe(worst.calls);
        expect(JSON.parse(JSON.stringify(ledger.snapshot()))).toMatchObject({ total });
      }),
      { numRuns: 60 },
    );
  });
});
