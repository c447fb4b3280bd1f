import type { Interval } from "../../numbers/interval.js";
import { bootstrapMean } from "../statistics/bootstrap.js";
import { mean } from "../statistics/describe.js";

/**
 * Fewest queries for a verdict on a mean over queries. A bootstrap of fewer is far too sure of itself: with
 * ten, a 95 % percentile interval already covers the truth only about 90 % of the time.
 */
export const FEWEST_QUERIES = 10;

/** Enough for the tails of the highest confidence that a check asks for (99 %). */
const RESAMPLES = 4000;

/** A mean over queries, and between which values it lies. */
export interface Evidence extends Interval {
  readonly mean: number;
  readonly n: number;
}

/**
 * Mean and percentile bootstrap interval of one value per query; all zero, and no evidence of anything, for
 * no values.
 */
export function evidence(values: readonly number[], seed: number, confidence = 0.95): Evidence {
  if (values.length === 0) return { mean: 0, lower: 0, upper: 0, n: 0 };
  const interval = bootstrapMean(values, { confidence, resamples: RESAMPLES, seed });
  return { mean: mean(values), ...interval, n: values.length };
}

/** Mean of what may be nothing, which is 0. */
export function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(values);
}

/** Share in [0, 1]; 0 of nothing is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
