import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learningRateSchedule, SCHEDULES, type ScheduleOptions } from "./schedule.js";

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../goldens/adamw/adamw.json"), "utf8"),
) as { schedules: (Required<ScheduleOptions> & { factors: number[] })[] };

describe("learningRateSchedule", () => {
  it.each(golden.schedules)(
    "gives transformers' rates: $kind, $warmup of $steps",
    ({ factors, ...options }) => {
      const schedule = learningRateSchedule(options);
      for (const [step, factor] of factors.entries()) expect(schedule(step)).toBeCloseTo(factor, 12);
    },
  );

  it("takes the warm-up as a share too", () => {
    const share = learningRateSchedule({ kind: "linear", steps: 25, warmup: 0.1 });
    const whole = learningRateSchedule({ kind: "linear", steps: 25, warmup: 3 });
    for (let step = 0; step < 30; step++) expect(share(step)).toBe(whole(step));
  });

  it("moves in small steps between 0 and 1, up during the warm-up and never up again", () => {
    const options = fc
      .record({ kind: fc.constantFrom(...SCHEDULES), steps: fc.integer({ min: 1, max: 60 }) })
      .chain(({ kind, steps }) =>
        fc.record({
          kind: fc.constant(kind),
          steps: fc.constant(steps),
          warmup: fc.integer({ min: 0, max: steps }),
        }),
      );
    fc.assert(
      fc.property(options, ({ kind, steps, warmup }) => {
        const schedule = learningRateSchedule({ kind, steps, warmup });
        const down =
          kind === "constant" ? 0 : (kind === "cosine" ? Math.PI / 2 : 1) / Math.max(1, steps - warmup);
        for (let step = 0; step < steps + 5; step++) {
          const change = schedule(step + 1) - schedule(step);
          expect(schedule(step)).toBeGreaterThanOrEqual(0);
          expect(schedule(step)).toBeLessThanOrEqual(1);
          if (step < warmup) expect(change).toBeCloseTo(1 / warmup, 12);
          else {
            expect(change).toBeLessThanOrEqual(0);
            expect(change).toBeGreaterThanOrEqual(-down - 1e-12);
          }
        }
        expect(schedule(warmup)).toBe(1);
        if (kind !== "constant" && warmup < steps) expect(schedule(steps)).toBe(0);
      }),
    );
  });

  it.each([
    ["kind", { kind: "square", steps: 3 }],
    ["steps", { kind: "linear", steps: 0 }],
    ["steps", { kind: "linear", steps: 1.5 }],
    ["warmup", { kind: "linear", steps: 3, warmup: -1 }],
    ["warmup", { kind: "linear", steps: 3, warmup: 4 }],
    ["warmup", { kind: "linear", steps: 3, warmup: 1.5 }],
    ["warmup", { kind: "linear", steps: 3, warmup: Number.NaN }],
  ])("refuses a wrong %s: %j", (field, options) => {
    expect(() => learningRateSchedule(options as ScheduleOptions)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field }),
    );
  });
});
