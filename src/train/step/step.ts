export interface StepOptions {
  /** At least 0; what a schedule says for this step. */
  readonly learningRate: number;
  /**
   * Factor on the loss and gradient of each micro-batch; equal parts of 1. For a loss that is a mean over queries,
   * each micro-batch's share of the queries.
   */
  readonly shares?: readonly number[];
}

export interface StepResult {
  /** The micro-batches' losses times their shares, summed; before the update. */
  readonly loss: number;
  /** The graph's `measures`, each summed over the micro-batches in the same way. */
  readonly measures: readonly number[];
  /** L2 norm of the whole gradient, before clipping. */
  readonly gradientNorm: number;
  /** Time in ONNX Runtime: forward and backward. */
  readonly graphMilliseconds: number;
  /** Time for the rest: accumulation, norm, update, moving average. */
  readonly updateMilliseconds: number;
}
