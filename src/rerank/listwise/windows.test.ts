import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slidingWindows } from "./windows.js";

describe("slidingWindows", () => {
  it("takes 9 windows of 20 for 100 documents, from the back", () => {
    const windows = slidingWindows(100, 20, 10);
    expect(windows).toHaveLength(9);
    expect(windows[0]).toEqual([80, 100]);
    expect(windows[1]).toEqual([70, 90]);
    expect(windows.at(-1)).toEqual([0, 20]);
  });

  it("never skips the head", () => {
    expect(slidingWindows(25, 20, 10)).toEqual([
      [5, 25],
      [0, 15],
    ]);
    expect(slidingWindows(7, 20, 10)).toEqual([[0, 7]]);
    expect(slidingWindows(20, 20, 10)).toEqual([[0, 20]]);
    expect(slidingWindows(21, 20, 10)).toEqual([
      [1, 21],
      [0, 11],
    ]);
  });

  it("covers every document, with overlaps, in 1 + ⌈(N − w) / s⌉ windows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 2, max: 40 }),
        fc.nat(38),
        (n, w, s) => {
          const stride = 1 + (s % (w - 1));
          const windows = slidingWindows(n, w, stride);
          expect(windows).toHaveLength(1 + Math.ceil(Math.max(0, n - w) / stride));
          expect(windows[0]![1]).toBe(n);
          expect(windows.at(-1)![0]).toBe(0);
          for (const [i, [start, end]] of windows.entries()) {
            expect(end - start).toBeLessThanOrEqual(w);
            if (i > 0) expect(end).toBeGreaterThan(windows[i - 1]![0]);
          }
        },
      ),
      { seed: 3 },
    );
  });
});
