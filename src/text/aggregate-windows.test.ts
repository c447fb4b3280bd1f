import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateWindows } from "./aggregate-windows.js";

describe("aggregateWindows", () => {
  it("takes the best window, the earlier of equals", () => {
    expect(aggregateWindows([1, 3, 2, 3], "max")).toEqual({ score: 3, index: 1 });
  });

  it("takes means over all or over the best windows, and still names the best", () => {
    expect(aggregateWindows([1, 3, 2, 6], "mean")).toEqual({ score: 3, index: 3 });
    expect(aggregateWindows([1, 3, 2, 6], "top_k", 2)).toEqual({ score: 4.5, index: 3 });
    expect(aggregateWindows([1, 3], "top_k", 5)).toEqual({ score: 2, index: 1 });
  });

  it("takes the first window alone", () => {
    expect(aggregateWindows([1, 3], "first")).toEqual({ score: 1, index: 0 });
  });

  it("gives one window its own score, whatever the mode", () => {
    const modes = fc.constantFrom("max", "mean", "top_k", "first");
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), modes, (score, mode) => {
        expect(aggregateWindows([score], mode).score).toBeCloseTo(score);
        expect(aggregateWindows([score], mode).index).toBe(0);
      }),
    );
  });

  it("refuses no windows at all and a senseless topK", () => {
    expect(() => aggregateWindows([], "max")).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => aggregateWindows([1], "top_k", 0)).toThrow("topK is 0");
  });
});
