export type { Document } from "./document.js";
export { type ErrorDetails, RankwrightError, show } from "./error.js";
export { ERROR_CODES, type ErrorCode } from "./error-codes.js";
export type { Evidence } from "./evidence.js";
export type { Judge, OrderedPreference, Preference, PreferOptions } from "./judge.js";
export type {
  PartRecord,
  RankedDocument,
  RemoteUsage,
  Reranker,
  RerankRequest,
  RerankResult,
  Timings,
  Usage,
} from "./rerank.js";
export type { Candidate, Retriever } from "./retriever.js";
export type { ScoreScale } from "./score-scale.js";
export type { BatchFigures, Load, Pair, ScoreOptions, ScoreResult, Scorer } from "./scorer.js";
export type { Warning, WarningCode } from "./warning.js";
