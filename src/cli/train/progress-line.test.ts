import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VALIDATION } from "../../train/report/validation-words.js";
import { displayWidth } from "../terminal/display-text.js";
import { progressLine } from "./progress-line.js";

const NOW = {
  step: 1200,
  done: 0.3456,
  loss: 0.43215,
  learningRate: 1.94e-5,
  tokensPerSecond: 12_345.6,
  timeLeft: 1020,
  validation: 0.7123,
};

describe("progressLine", () => {
  it("says it in words where there is room, and in fewer where there is less", () => {
    expect(progressLine(NOW, 100)).toBe(
      "step 1200 · 34.6 % · loss 0.4321 · nDCG@10 0.7123 · rate 1.9e-5 · 12346 tokens/s · 17 min left",
    );
    expect(progressLine(NOW, 90)).toBe(
      "step 1200 · 34 % · loss 0.432 · nDCG 0.712 · rate 1.9e-5 · 12.3 k tok/s · 17 min",
    );
    expect(progressLine(NOW, 59)).toBe("34% loss 0.432 nDCG 0.712 rate 2e-5 12k tok/s 17 min");
  });

  it("leaves out a validation that was not", () => {
    const { validation: _, ...before } = NOW;
    expect(progressLine(before, 59)).toBe("34% loss 0.432 rate 2e-5 12k tok/s 17 min");
  });

  it("calls what is measured by its name", () => {
    const { pretraining } = VALIDATION;
    const now = { ...NOW, validation: 10.25 };
    expect(progressLine(now, 120, pretraining)).toContain("· held-out loss 10.2500 ·");
    expect(progressLine(now, 92, pretraining)).toContain("· held out 10.250 ·");
    expect(progressLine(now, 59, pretraining)).toContain(" held 10.250 ");
  });

  it("holds everything in 59 columns, whatever the numbers", () => {
    const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
    const progress = fc.record({
      step: fc.nat(),
      done: number(1),
      loss: fc.oneof(number(1e4), number(1e-3)),
      learningRate: number(1),
      tokensPerSecond: number(1e7),
      timeLeft: number(1e6),
      validation: fc.option(number(1), { nil: undefined }),
    });
    fc.assert(
      fc.property(progress, fc.constantFrom(...Object.values(VALIDATION)), (now, words) => {
        const line = progressLine(now, 59, words);
        expect(displayWidth(line)).toBeLessThanOrEqual(59);
        for (const part of ["loss", "rate", "tok"]) expect(line).toContain(part);
      }),
    );
  });
});
