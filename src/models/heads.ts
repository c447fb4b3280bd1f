import type { ScoreScale } from "../types/index.js";

export type Scores = Extract<ScoreScale, "logit" | "probability">;

/** Below 1 by the smallest step that a double can show there. */
const ALMOST_ONE = 1 - 2 ** -53;

/**
 * One row of logits as one score. One label: the logit itself. Two labels: the log-odds of the
 * second ("relevant"), l₁ − l₀, which orders like its softmax and log-softmax.
 */
export function logitScore(logits: Float32Array, row: number, labels: number): number {
  if (labels === 1) return logits[row] as number;
  return (logits[2 * row + 1] as number) - (logits[2 * row] as number);
}

/** 1 / (1 + e^−x) in double precision, strictly between 0 and 1, so that large logits make no ties. */
export function probability(logit: number): number {
  const p = logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
  return Math.min(Math.max(p, Number.MIN_VALUE), ALMOST_ONE);
}
