export { CrossEncoder } from "./cross-encoder.js";
export { graphCacheDir } from "./graph-cache.js";
export {
  type CachedModel,
  type DownloadProgress,
  listCachedModels,
  type ResolvedModel,
  type ResolveOptions,
  resolveModel,
} from "./hub/index.js";
export { inspectModel, type ModelInspection } from "./inspect.js";
export { type CrossEncoderOptions, loadCrossEncoder } from "./load-cross-encoder.js";
export type { Precision } from "./program.js";
export { type Checkpoint, openCheckpoint, storeWeights, writeSafetensors } from "./safetensors/index.js";
