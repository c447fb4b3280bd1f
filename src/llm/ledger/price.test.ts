import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPrices, costOf, type PriceTable } from "./price.js";

const MINI = { input: 0.15, cachedInput: 0.075, output: 0.6 };

describe("costOf", () => {
  it("is tokens times their price, cached ones for less", () => {
    expect(costOf(MINI, { promptTokens: 1_000_000, completionTokens: 500_000 })).toBeCloseTo(0.45, 12);
    const cached = { promptTokens: 1_000_000, completionTokens: 0, cachedTokens: 400_000 };
    expect(costOf(MINI, cached)).toBeCloseTo(0.6 * 0.15 + 0.4 * 0.075, 12);
    expect(costOf({ input: 0.15, output: 0.6 }, cached)).toBeCloseTo(0.15, 12);
  });

  it("is calls or search units times theirs", () => {
    expect(costOf({ call: 0.01 }, {})).toBe(0.01);
    expect(costOf({ searchUnit: 0.002 }, { searchUnits: 3, promptTokens: 9 })).toBeCloseTo(0.006, 12);
  });

  it.each([
    ["no price", undefined, { promptTokens: 1, completionTokens: 1 }],
    ["no usage", MINI, {}],
    ["no tokens of the answer", MINI, { promptTokens: 1 }],
    ["no price for the answer", { input: 1 }, { promptTokens: 1, completionTokens: 1 }],
    ["no units", { searchUnit: 1 }, { promptTokens: 1 }],
  ])("is unknown, not 0, with %s", (_, price, used) => {
    expect(costOf(price, used)).toBeUndefined();
  });

  it("is 0 for what is free, however much it was", () => {
    expect(costOf({ input: 0, output: 0 }, {})).toBe(0);
    expect(costOf({ input: 0, output: 0 }, { promptTokens: Number.POSITIVE_INFINITY })).toBe(0);
    expect(costOf({ input: 1 }, { promptTokens: 0, completionTokens: 0 })).toBe(0);
  });

  it("never falls when more is used, and is never NaN", () => {
    const count = fc.option(fc.nat(1e9), { nil: undefined });
    const rate = fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }), { nil: undefined });
    const price = fc.record({ input: rate, output: rate, call: rate, searchUnit: rate });
    const used = fc.record({ promptTokens: count, completionTokens: count, searchUnits: count });
    fc.assert(
      fc.property(price, used, fc.nat(1000), (price, used, more) => {
        const cost = costOf(price, used);
        const dearer = costOf(price, {
          promptTokens: used.promptTokens && used.promptTokens + more,
          completionTokens: used.completionTokens && used.completionTokens + more,
          searchUnits: used.searchUnits && used.searchUnits + more,
        });
        expect(cost === undefined).toBe(dearer === undefined);
        if (cost !== undefined) expect(dearer).toBeGreaterThanOrEqual(cost);
      }),
    );
  });
});

describe("checkPrices", () => {
  it.each([
    ["a negative price", { m: { input: -1 } }, /prices\["m"\]\.input is -1; pass a number from 0/],
    ["a price that is no number", { m: { output: "1" } }, /output is "1"/],
    [
      "a part that there is not",
      { m: { prompt: 1 } },
      /the parts are input, cachedInput, output, call, searchUnit/,
    ],
    ["an empty price", { m: {} }, /would make calls free/],
    ["nothing", { m: null }, /pass \{ input, output \}/],
    ["cached input alone", { m: { cachedInput: 1, output: 1 } }, /needs one of input/],
  ])("refuses %s", (_, prices, message) => {
    expect(() => checkPrices(prices as unknown as PriceTable)).toThrow(message);
  });
});
