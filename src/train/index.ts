/** Training of cross-encoders in Node: data, losses, mining, optimiser, trainer. */
export * from "./data/index.js";
export type { TrainingExample } from "./example.js";
export * from "./int8-gate/index.js";
export type { Loss, LossInputs } from "./losses/loss.js";
export { createLoss, LOSS_NAMES, type LossOptions } from "./losses/losses.js";
export * from "./mining/index.js";
export * from "./model-card/index.js";
export * from "./optimizer/index.js";
export * from "./report/index.js";
export * from "./scratch/index.js";
export { type PretrainOptions, pretrain } from "./trainer/pretrain.js";
export type { CurvePoint } from "./trainer/progress.js";
export { type TrainOptions, type TrainProgress, type TrainReport, train } from "./trainer/train.js";
export type { TrainingOptions } from "./trainer/training-options.js";
export * from "./vocabulary/index.js";
