import type { Tensors } from "./training-model.js";

/**
 * Everything that a training continues from, bit for bit: tensors by parameter name. The tensors of one kind
 * share one buffer, which may be transferred to another thread.
 */
export interface TrainingState {
  /** Updates done so far. */
  readonly steps: number;
  readonly weights: Tensors;
  /** Of the parameters that have gradients, as their second moments. */
  readonly firstMoments: Tensors;
  readonly secondMoments: Tensors;
  /** The moving average of the weights, if the optimiser keeps one. */
  readonly averages?: Tensors;
}
