import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderByScore } from "./order-by-score.js";

// Few distinct values, so that ties are the rule.
const scoreLists = fc.array(fc.integer({ min: -3, max: 3 }).map((n) => n / 2));

describe("orderByScore", () => {
  it("puts the best first, keeps ties in order and the unscored last", () => {
    expect(orderByScore([1, 3, 2, 3])).toEqual([1, 3, 2, 0]);
    expect(orderByScore([9, 1, 9, 2], new Set([2, 0]))).toEqual([3, 1, 0, 2]);
    expect(orderByScore([])).toEqual([]);
  });

  it("gives a permutation with falling scores and stable ties", () => {
    fc.assert(
      fc.property(scoreLists, (scores) => {
        const order = orderByScore(Float64Array.from(scores));
        expect(order.toSorted((a, b) => a - b)).toEqual(scores.map((_, i) => i));
        for (const [k, index] of order.slice(1).entries()) {
          const before = order[k]!;
          expect(
            scores[before]! > scores[index]! || (scores[before] === scores[index] && before < index),
          ).toBe(true);
        }
      }),
    );
  });
});
