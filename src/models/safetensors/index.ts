export { CHUNK_ELEMENTS, type Checkpoint, type TensorInfo } from "./checkpoint.js";
export type { DType } from "./dtype.js";
export { openCheckpoint } from "./open-checkpoint.js";
export { type NamedTensor, writeSafetensors } from "./write.js";
