export type {
  Arrival,
  Body,
  Dialect,
  DialectSchemas,
  Refusal,
  ServeAnswer,
  ServeRequest,
  Understood,
} from "./dialect.js";
export { type Chosen, Dispatcher } from "./dispatch.js";
export { asRankwrightError, messageOf, REFUSAL_STATUSES, refusalOf, retryAfter, statusOf } from "./errors.js";
export { Score, score, toJson } from "./json.js";
export { modelList, type ServedName } from "./model-list.js";
export { DIALECT_SETTINGS, type DialectSettings } from "./settings.js";
export { type TeiFacts, teiInfo } from "./tei-info.js";
export { weaviateMeta } from "./weaviate-meta.js";
