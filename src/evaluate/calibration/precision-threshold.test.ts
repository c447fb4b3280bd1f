import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { precisionThreshold } from "./precision-threshold.js";
import { wilsonInterval } from "./wilson.js";

const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), {
  minLength: 1,
  maxLength: 200,
});

describe("precisionThreshold", () => {
  it("keeps its bound, and no lower score would", () => {
    fc.assert(
      fc.property(items, fc.constantFrom(0.2, 0.4, 0.6), (pairs, target) => {
        const scores = pairs.map((pair) => pair[0]);
        const labels = pairs.map((pair) => pair[1]);
        const bound = (threshold: number) => {
          const kept = pairs.filter(([score]) => score >= threshold);
          return wilsonInterval(kept.filter(([, label]) => label).length, kept.length).lower;
        };
        const found = precisionThreshold(scores, labels, { target });
        if (found) {
          expect(found.lower).toBe(bound(found.threshold));
          expect(found.lower).toBeGreaterThanOrEqual(target);
          expect(found.kept).toBe(scores.filter((score) => score >= found.threshold).length);
        }
        for (const score of scores)
          if (!found || score < found.threshold) expect(bound(score)).toBeLessThan(target);
      }),
    );
  });

  it("reports precision and recall at the threshold", () => {
    const scores = Array.from({ length: 100 }, (_, i) => i);
    const labels = scores.map((score) => score >= 50 || score === 10);
    const found = precisionThreshold(scores, labels, { target: 0.88 });
    expect(found).toMatchObject({ threshold: 49, kept: 51, precision: 50 / 51, recall: 50 / 51 });
  });

  it("is undefined where no threshold reaches the target", () => {
    expect(precisionThreshold([1, 2, 3], [true, true, true], { target: 0.9 })).toBeUndefined();
    expect(precisionThreshold([1, 2], [false, false], { target: 0.01 })).toBeUndefined();
  });

  it("refuses bad input", () => {
    expect(() => precisionThreshold([1], [true], { target: 90 })).toThrow("target is 90");
    expect(() => precisionThreshold([1], [true], { target: 0.9, confidence: 0 })).toThrow("confidence is 0");
    expect(() => precisionThreshold([], [], { target: 0.9 })).toThrow("scores.length is 0");
  });
});
