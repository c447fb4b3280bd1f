import { RankwrightError, show } from "../../types/index.js";
import type { Divergence } from "./messages.js";

/** The error for a step that was not applied because its loss or gradient is not a finite number. */
export function divergenceError(divergence: Divergence, step: number): RankwrightError {
  const { value } = divergence;
  const field = divergence.diverged === "loss" ? `feeds[${divergence.batch}]` : "gradientNorm";
  const what = divergence.diverged === "loss" ? `the loss of ${field}` : "the norm of the gradient";
  const message = `${what} is ${show(value)} in step ${step}, which was not applied: lower the learning rate, limit maxGradientNorm, or look at that batch`;
  return new RankwrightError("TRAINING_DIVERGED", message, { field, value });
}
