export { type HostedOptions, hosted, PROVIDER_NAMES, type ProviderName } from "./hosted/index.js";
export { lexicalScorer } from "./lexical.js";
export { LIMITS, type Limits } from "./limits.js";
export { type Aggregate, borda } from "./listwise/borda.js";
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
