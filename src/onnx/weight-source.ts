/** Where a graph's named weights are read from; a checkpoint is one. Row-major float32. */
export interface WeightSource {
  /** The whole tensor. */
  read(tensor: string): Promise<Float32Array>;
  /** The tensor piece by piece, in order, so that a large one is never held whole. */
  stream(tensor: string): AsyncIterable<Float32Array>;
}
