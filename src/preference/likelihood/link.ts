/** Win probability as a function of the difference of two scores, and what a fit needs of it. */
export interface Link {
  /** p(i ≻ j), in [0, 1], for e_i − e_j. */
  probability(difference: number): number;
  /** Expected negative second derivative of the log-likelihood of one comparison by the difference. */
  information(difference: number): number;
  /**
   * Over all pairs: Σ w_ij log p + w_ji log(1 − p). Writes the first derivative of each term by the
   * difference, and the negative second one. Arrays are parallel, one entry per pair.
   */
  derivatives(
    differences: Float64Array,
    wins: Float64Array,
    losses: Float64Array,
    slope: Float64Array,
    curvature: Float64Array,
  ): number;
}
