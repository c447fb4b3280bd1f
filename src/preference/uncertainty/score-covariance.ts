import type { Random } from "../../numbers/random.js";

/**
 * The covariance of scores in the normal approximation around their best values (Laplace): (information +
 * λI)⁻¹ without its part along 1, because only differences of scores mean something. For λ → 0 it tends to
 * the pseudo-inverse of the information. Of size n × n; in squared units of score.
 */
export interface ScoreCovariance {
  /** The diagonal. */
  variances(): Float64Array;
  /** The rows and columns of some places, row-major. */
  block(places: Int32Array): Float64Array;
  /** A random vector of mean 0 with this covariance. */
  sample(random: Random, out: Float64Array): void;
}

/** Takes the mean away. */
export function removeMean(values: Float64Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) values[i]! -= mean;
}
