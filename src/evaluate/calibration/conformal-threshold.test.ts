import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { conformalThreshold } from "./conformal-threshold.js";

describe("conformalThreshold", () => {
  it("keeps a further relevant item with probability 1 − α or a little more", () => {
    const random = new Random(8);
    let kept = 0;
    for (let trial = 0; trial < 20_000; trial++) {
      const scores = Float64Array.from({ length: 50 }, () => random.float());
      if (random.float() >= conformalThreshold(scores, 0.1)) kept++;
    }
    // ⌊5.1⌋ of 51 places lie below the threshold: 46/51 = .902; standard error .002.
    expect(Math.abs(kept / 20_000 - 46 / 51)).toBeLessThan(0.009);
  });

  it("keeps all where the sample is too small for α", () => {
    expect(conformalThreshold([0.4, 0.7], 0.1)).toBe(Number.NEGATIVE_INFINITY);
  });

  it("refuses bad input", () => {
    expect(() => conformalThreshold([], 0.1)).toThrow("positiveScores.length is 0");
    expect(() => conformalThreshold([1], 0)).toThrow("alpha is 0");
  });
});
