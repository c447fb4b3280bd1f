import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planWindows } from "./windows.js";

/** Word lengths in tokens as the starts that tokens of each word share. */
const startsOf = (words: readonly number[]) =>
  Int32Array.from(words.flatMap((n, word) => Array(n).fill(word)));
const plan = (words: readonly number[], size: number, overlap: number, maxWindows = 100) => {
  const starts = startsOf(words);
  return planWindows(starts, starts.length, { size, overlap, maxWindows }).map(({ from, to }) => [from, to]);
};
const ones = (count: number) => Array<number>(count).fill(1);

describe("planWindows", () => {
  it("covers a short text with one window, and nothing with an empty one", () => {
    expect(plan(ones(5), 10, 3)).toEqual([[0, 5]]);
    expect(plan([], 10, 3)).toEqual([[0, 0]]);
  });

  it("slides over a long text with the overlap asked for", () => {
    expect(plan(ones(20), 8, 2)).toEqual([
      [0, 8],
      [6, 14],
      [12, 20],
    ]);
  });

  it("adds no window that brings nothing new", () => {
    expect(plan(ones(14), 8, 2)).toEqual([
      [0, 8],
      [6, 14],
    ]);
  });

  it("cuts between words, and inside those that are too long for that", () => {
    expect(plan([3, 3, 3, 3], 8, 2)).toEqual([
      [0, 6],
      [3, 9],
      [6, 12],
    ]);
    expect(plan([20], 8, 0)).toEqual([
      [0, 8],
      [8, 16],
      [16, 20],
    ]);
  });

  it("stops at the most windows allowed, from the start of the text", () => {
    expect(plan(ones(100), 8, 2, 2)).toEqual([
      [0, 8],
      [6, 14],
    ]);
  });

  it("covers every token, in windows that fit and always reach further", () => {
    const sizes = fc
      .integer({ min: 1, max: 20 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 }),
        sizes,
        (words, [size, overlap]) => {
          const windows = plan(words, size, overlap, Number.MAX_SAFE_INTEGER);
          let covered = 0;
          for (const [from = 0, to = 0] of windows) {
            expect(to - from).toBeLessThanOrEqual(size);
            expect(from).toBeLessThanOrEqual(covered);
            if (covered > 0) expect(to).toBeGreaterThan(covered);
            covered = to;
          }
          expect(windows[0]?.[0]).toBe(0);
          expect(covered).toBe(startsOf(words).length);
        },
      ),
    );
  });
});
