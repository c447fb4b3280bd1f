/**
 * What a score means: `logit` is unbounded and comparable within one model; `probability` lies in
 * (0, 1); `similarity` is bounded but not a probability; `rank` only orders.
 */
export type ScoreScale = "logit" | "probability" | "similarity" | "rank";
