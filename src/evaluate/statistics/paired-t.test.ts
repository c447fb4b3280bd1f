import { describe, expect, it } from "vitest";
import { pairedT } from "./paired-t.js";

describe("pairedT", () => {
  it("says nothing from one pair", () => {
    const test = pairedT([0.3]);
    expect(test).toMatchObject({ mean: 0.3, df: 0, p: 1, interval: { lower: -Infinity, upper: Infinity } });
    expect([test.sd, test.t]).toEqual([Number.NaN, Number.NaN]);
  });

  it("takes the limit where the differences have no spread", () => {
    expect(pairedT([0, 0, 0])).toEqual({
      mean: 0,
      sd: 0,
      t: 0,
      df: 2,
      p: 1,
      interval: { lower: 0, upper: 0 },
    });
    const interval = { lower: -0.5, upper: -0.5 };
    expect(pairedT([-0.5, -0.5])).toEqual({ mean: -0.5, sd: 0, t: -Infinity, df: 1, p: 0, interval });
  });

  it("rejects at 5 % exactly when the 95 % interval leaves out 0", () => {
    for (let shift = -10; shift <= 10; shift++) {
      const { p, interval } = pairedT([1, 2, 3, 4].map((d) => d + shift));
      expect(p < 0.05).toBe(interval.lower > 0 || interval.upper < 0);
    }
  });

  it("refuses no differences, NaN and a confidence outside (0, 1)", () => {
    expect(() => pairedT([])).toThrow("differences.length is 0: at least 1 needed.");
    expect(() => pairedT([1, Number.NaN])).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "differences[1]" }),
    );
    for (const confidence of [0, 1, 95, Number.NaN])
      expect(() => pairedT([1, 2], { confidence })).toThrow(
        `confidence is ${confidence}: pass a number above 0`,
      );
  });
});
