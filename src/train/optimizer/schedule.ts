import { invalidOption } from "./options.js";

export const SCHEDULES = ["constant", "linear", "cosine"] as const;

export interface ScheduleOptions {
  /** What follows the warm-up: the full rate; a straight line to 0; half a cosine wave to 0. */
  readonly kind: (typeof SCHEDULES)[number];
  /** Steps of the whole training, at least 1. */
  readonly steps: number;
  /** A whole number of steps, or a share of all steps above 0 and below 1 (rounded up); 0. */
  readonly warmup?: number;
}

/** The factor from 0 to 1 on the peak learning rate in step `step`, counted from 0. */
export type Schedule = (step: number) => number;

/**
 * Learning-rate schedules with linear warm-up, equal to those of Hugging Face transformers
 * (`get_constant_schedule_with_warmup` and its linear and cosine sisters): with a warm-up, the very first step
 * has rate 0; after `steps` the rate stays where it ended.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function learningRateSchedule({ kind, steps, warmup = 0 }: ScheduleOptions): Schedule {
  if (!SCHEDULES.includes(kind)) throw invalidOption("kind", kind, `pass one of ${SCHEDULES.join(", ")}`);
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw invalidOption("steps", steps, "pass a whole number of at least 1");
  const share = warmup > 0 && warmup < 1;
  if (!share && (!Number.isSafeInteger(warmup) || warmup < 0 || warmup > steps)) {
    const mend = `pass a share above 0 and below 1, or a whole number of steps from 0 to ${steps}`;
    throw invalidOption("warmup", warmup, mend);
  }
  const warm = share ? Math.ceil(steps * warmup) : warmup;
  return (step) => {
    if (step < warm) return step / warm;
    const progress = Math.min(1, (step - warm) / Math.max(1, steps - warm));
    if (kind === "constant") return 1;
    return kind === "linear" ? 1 - progress : 0.5 * (1 + Math.cos(Math.PI * progress));
  };
}
