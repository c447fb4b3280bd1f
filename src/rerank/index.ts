export { asGiven, firstStage } from "./as-given.js";
export type { BreakerOptions } from "./breaker.js";
export { type CachedScorerOptions, cachedScorer } from "./cache/cached-scorer.js";
export { type MemoryStoreOptions, memoryStore } from "./cache/memory-store.js";
export type { RedisClient } from "./cache/redis-client.js";
export { type RedisStoreOptions, redisStore } from "./cache/redis-store.js";
export type { ScoreStore, StoredValues } from "./cache/score-store.js";
export { tieredStore } from "./cache/tiered-store.js";
export { type Calibration, calibrated } from "./calibrated.js";
export { type CascadeStage, cascade } from "./cascade.js";
export { checkRerankResult } from "./check-rerank-result.js";
export type { CombineOptions } from "./combine/composed.js";
export type { Ranker } from "./combine/to-reranker.js";
export { type FuseMember, type FuseOptions, fuse } from "./fuse.js";
export { type HostedOptions, hosted, PROVIDER_NAMES, type ProviderName } from "./hosted/index.js";
export { lexicalScorer } from "./lexical.js";
export { LIMITS, type Limits } from "./limits.js";
export type { Aggregate } from "./listwise/aggregate.js";
export { type ListwiseOptions, listwise } from "./listwise/listwise.js";
export type { LlmRerankerOptions } from "./listwise/llm-reranker.js";
export {
  type OrderSensitivity,
  type OrderSensitivityOptions,
  orderSensitivity,
} from "./listwise/order-sensitivity.js";
export type { Reading } from "./listwise/rank-window.js";
export { type SetwiseOptions, setwise } from "./listwise/setwise.js";
export { type TopDownOptions, topDown } from "./listwise/top-down.js";
export { type TournamentOptions, tournament } from "./listwise/tournament.js";
export { orderByScore } from "./order-by-score.js";
export * from "./pairwise/index.js";
export { type PointwiseOptions, pointwise } from "./pointwise.js";
export { type TokenLogitOptions, tokenLogitScorer } from "./token-logit.js";
export { type ValidRequest, validateRequest } from "./validate-request.js";
export { type FallbackFailure, type FallbackOptions, withFallback } from "./with-fallback.js";
