import { checkNumbers } from "../../numbers/check.js";
import { quantileOfSorted } from "./quantile.js";

/** Location and spread of a sample, in the unit of its values. */
export interface Description {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); NaN for a single value. */
  readonly sd: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

/** Summary of at least one finite number. @throws INVALID_OPTION */
export function describe(values: ArrayLike<number>): Description {
  const m = mean(values);
  const sorted = Float64Array.from(values).sort();
  return {
    n: sorted.length,
    mean: m,
    sd: deviation(values, m),
    min: sorted[0]!,
    q1: quantileOfSorted(sorted, 0.25),
    median: quantileOfSorted(sorted, 0.5),
    q3: quantileOfSorted(sorted, 0.75),
    max: sorted[sorted.length - 1]!,
  };
}

/** Arithmetic mean of at least one finite number. @throws INVALID_OPTION */
export function mean(values: ArrayLike<number>): number {
  checkNumbers("values", values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const first = sum / values.length;
  // A second pass takes back most of what the first lost to rounding.
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += values[i]! - first;
  return first + rest / values.length;
}

/** Sample standard deviation (divisor n − 1); NaN for a single value. @throws INVALID_OPTION */
export function standardDeviation(values: ArrayLike<number>): number {
  return deviation(values, mean(values));
}

function deviation(values: ArrayLike<number>, m: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - m) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
