export { type ElementType, elementTypeOf, type TensorData } from "./element-type.js";
export {
  type Arithmetic,
  arithmetic,
  type DropoutMask,
  differentiate,
  type Gradient,
  type GradientOutput,
  insertDropout,
  type Operand,
  type TrainingGraph,
  type TrainingOutputs,
  trainingGraph,
} from "./gradients/index.js";
export { Graph, type Node, type WeightOrigin } from "./graph.js";
export { type Attributes, OPS, type OpName } from "./ops.js";
export { type RewriteRule, rewrite } from "./rewrite.js";
export { absorbProjections } from "./rewrites/absorb-projections.js";
export { keepFirstRows } from "./rewrites/keep-rows.js";
export { lowerAttention } from "./rewrites/lower-attention.js";
export { type ObservedRange, observeRanges, type Ranges } from "./rewrites/observe-ranges.js";
export { quantizeLinears } from "./rewrites/quantize-linears.js";
export { MODEL_FILE, modelBytes, writeModel } from "./serialize.js";
export {
  type Feed,
  type Feeds,
  type Outputs,
  type PoolOptions,
  SessionPool,
  type TensorInfo,
} from "./session-pool.js";
export { ABSENT, type Dim, type Shape, type TensorType, type Value } from "./value.js";
export type { WeightSource } from "./weight-source.js";
