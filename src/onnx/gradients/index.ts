export { type Arithmetic, arithmetic, type Operand } from "./arithmetic.js";
export { differentiate } from "./differentiate.js";
export type { Gradient } from "./gradient.js";
export { type DropoutMask, insertDropout } from "./insert-dropout.js";
export {
  type GradientOutput,
  type TrainingGraph,
  type TrainingOutputs,
  trainingGraph,
} from "./training-graph.js";
