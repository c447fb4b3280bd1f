import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dodge } from "./dodge.js";

describe("dodge", () => {
  it("leaves labels alone that are far apart and parts those that are not", () => {
    expect(dodge([10, 50, 90], 18, 0, 100)).toEqual([10, 50, 90]);
    expect(dodge([50, 52], 18, 0, 100)).toEqual([50, 68]);
    expect(dodge([99, 98], 18, 0, 100)).toEqual([100, 82]);
  });

  it("keeps the gap, the order and the bounds wherever they can all be kept", () => {
    const wanted = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(wanted, (list) => {
        const placed = dodge(list, 18, 0, 300);
        const order = list.map((_, index) => index).sort((a, b) => (list[a] as number) - (list[b] as number));
        const sorted = order.map((index) => placed[index] as number);
        for (const [index, at] of sorted.entries()) {
          expect(at).toBeGreaterThanOrEqual(-1e-9);
          expect(at).toBeLessThanOrEqual(300 + 1e-9);
          if (index > 0) expect(at - (sorted[index - 1] as number)).toBeGreaterThanOrEqual(18 - 1e-9);
        }
      }),
    );
  });
});
