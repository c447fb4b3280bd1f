import type { Random } from "../../numbers/random.js";
import type { Operator } from "../linear/conjugate-gradients.js";

/** Negative second derivatives of a log-likelihood by the scores: a positive semidefinite matrix. */
export interface Information extends Operator {
  /** Adds it to the lower triangle of a dense row-major matrix. */
  addTo(matrix: Float64Array): void;
  /** A random vector of mean 0 whose covariance this matrix is. */
  noise(random: Random, out: Float64Array): void;
}

/** A concave log-likelihood of scores that does not change when a constant is added to all of them. */
export interface Likelihood {
  /** Number of items. */
  readonly size: number;
  /** The log-likelihood at `scores`; writes its gradient. */
  at(scores: Float64Array, gradient: Float64Array): number;
  /** Observed, at the scores of the last `at`; valid until the next one. For steps. */
  curvature(): Information;
  /** Expected, at the scores of the last `at`; valid until the next one. For uncertainty. */
  information(): Information;
  /** The most that a step changes the difference of two scores compared. */
  reach(step: Float64Array): number;
}
