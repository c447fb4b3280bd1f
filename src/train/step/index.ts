export type { DropoutOptions } from "./dropout-masks.js";
export type { StepOptions, StepResult } from "./step.js";
export { StepRunner, type StepRunnerOptions, type WeightsOptions } from "./step-runner.js";
export {
  type MaskInput,
  maskInputs,
  type Tensors,
  type TrainingModel,
  type TrainingParameter,
  trainingParameters,
} from "./training-model.js";
export type { TrainingState } from "./training-state.js";
