import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGuards, failedGuard } from "./guards.js";

describe("failedGuard", () => {
  it("drops what scores nearly as high as the positive", () => {
    expect(failedGuard(0.86, 0.9, { relative: 0.95 }, "probability")).toBe("relative");
    expect(failedGuard(0.85, 0.9, { relative: 0.95 }, "probability")).toBeUndefined();
  });

  it("drops what is within a margin of the positive, on the scale of the scores", () => {
    expect(failedGuard(2.5, 3, { absolute: 1 }, "logit")).toBe("absolute");
    expect(failedGuard(1.9, 3, { absolute: 1 }, "logit")).toBeUndefined();
  });

  it("drops what is probable in itself", () => {
    expect(failedGuard(0.2, 0.9, { probability: 0.1 }, "probability")).toBe("probability");
    expect(failedGuard(-3, 3, { probability: 0.1 }, "logit")).toBeUndefined();
    expect(failedGuard(-2, 3, { probability: 0.1 }, "logit")).toBe("probability");
  });

  it("compares logits by their sigmoids, so that negative ones have a meaning too", () => {
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.double({ min: -8, max: 8, noNaN: true }),
        (score, positive) => {
          const guards = { relative: 0.95, probability: 0.3 };
          expect(failedGuard(score, positive, guards, "logit")).toBe(
            failedGuard(sigmoid(score), sigmoid(positive), guards, "probability"),
          );
        },
      ),
    );
  });
});

describe("checkGuards", () => {
  it.each([
    [{ relative: 0 }, "logit", "guards.relative"],
    [{ probability: 1.5 }, "logit", "guards.probability"],
    [{ absolute: -1 }, "logit", "guards.absolute"],
    [{ probability: 0.1 }, "similarity", "guards.probability"],
    [{ relative: 0.95 }, "rank", "teacher.scoreScale"],
  ] as const)("refuses %j for a %s", (guards, scale, field) => {
    expect(() => checkGuards(guards, scale)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field }),
    );
  });
});
