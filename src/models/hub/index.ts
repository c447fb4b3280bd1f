export type { Sleep } from "../../http/sleep.js";
export type { Environment } from "./cache-layout.js";
export type { DownloadProgress } from "./download-files.js";
export type { HubOptions, HubTimeouts } from "./environment.js";
export {
  type CachedFile,
  type CachedModel,
  type CachedRevision,
  type ListCachedOptions,
  listCachedModels,
} from "./list-cached.js";
export { type ModelReference, parseModelReference } from "./model-reference.js";
export { type ResolvedModel, type ResolveOptions, resolveModel } from "./resolve-model.js";
export { type FileSelection, type SelectOptions, selectFiles } from "./select-files.js";
export { shardNames } from "./shards.js";
