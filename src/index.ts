export { type LoadOptions, type LoadProgress, loadReranker } from "./load.js";
export { lexicalScorer, pointwise } from "./rerank/index.js";
export type { WindowOptions } from "./text/index.js";
export {
  type Document,
  ERROR_CODES,
  type ErrorCode,
  type Evidence,
  type PartRecord,
  type RankedDocument,
  RankwrightError,
  type Reranker,
  type RerankRequest,
  type RerankResult,
  type Scorer,
  type ScoreScale,
  type Timings,
  type Usage,
  type Warning,
  type WarningCode,
} from "./types/index.js";
