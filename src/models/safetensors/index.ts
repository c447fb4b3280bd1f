export { CHUNK_ELEMENTS, type Checkpoint, type TensorInfo } from "./checkpoint.js";
export type { DType } from "./dtype.js";
export { openCheckpoint } from "./open-checkpoint.js";
export { storeWeights } from "./store-weights.js";
export { type NamedTensor, type WriteOptions, type WrittenDType, writeSafetensors } from "./write.js";
