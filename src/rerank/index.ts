export { type HostedOptions, hosted, PROVIDER_NAMES, type ProviderName } from "./hosted/index.js";
export { lexicalScorer } from "./lexical.js";
export { LIMITS, type Limits } from "./limits.js";
export { orderByScore } from "./order-by-score.js";
export { type PointwiseOptions, pointwise } from "./pointwise.js";
export { type ValidRequest, validateRequest } from "./validate-request.js";
