export { type DataPosition, FIRST_POSITION } from "./batch-stream.js";
export { collectionExamples } from "./collection-examples.js";
export { Dataset, type DatasetSource, type SourceReport } from "./dataset.js";
export { epochSize } from "./epoch-order.js";
export { type Leak, LeakIndex, type TestText } from "./leak-index.js";
export {
  type LeakedExample,
  type LeakReport,
  type RemoveLeaksOptions,
  removeLeaks,
  type SourceLeaks,
  type TestTextsOptions,
  testTexts,
} from "./leaks.js";
export { type TrainingBatch, type TrainingLoaderOptions, trainingBatches } from "./loader.js";
export type { LoaderOptions } from "./loader-options.js";
export { type MlmBatch, type MlmLoaderOptions, mlmBatches } from "./mlm-loader.js";
export {
  type ExampleSource,
  type OpenDatasetOptions,
  openDataset,
  type TrainingSource,
} from "./open-dataset.js";
export { readMaskId } from "./read-mask-id.js";
export { recognise, SHAPES } from "./recognise.js";
export { type DatasetSplit, splitByHash } from "./split.js";
export type { TargetKind } from "./targets.js";
