export {
  createUntrainedModel,
  type UntrainedModelOptions,
  type UntrainedModelProgress,
} from "./create-untrained-model.js";
export { readArchitecture } from "./read-architecture.js";
export type { FirstTask } from "./tensor-shapes.js";
export { readTokenizerFiles, type TokenizerFiles } from "./tokenizer-files.js";
