/** Judges that compare two documents at a time: rankings, journals of their answers, and scores from these. */
export type { CutDocuments, JudgeAnswer, JudgeQuestion, JudgeRequest } from "./judge-question.js";
export { type LlmJudge, type LlmJudgeOptions, llmJudge } from "./llm-judge.js";
export type { PairwiseMethodOption } from "./methods/methods.js";
export { type PairwiseOptions, type PairwiseReranker, type PairwiseResult, pairwise } from "./pairwise.js";
export {
  type CollectedJudgments,
  type CollectedPair,
  type CollectOptions,
  collectJudgments,
  type DocumentKey,
} from "./recorded/collect-judgments.js";
export { type DistinctQueries, distinctQueries } from "./recorded/distinct-queries.js";
export {
  type EstimateJudgingOptions,
  estimateJudging,
  type JudgingEstimate,
} from "./recorded/estimate-judging.js";
export {
  type FitJudgmentsOptions,
  type FittedDocument,
  type FittedJudgments,
  type FittedQuery,
  fitJudgments,
} from "./recorded/fit-judgments.js";
export {
  type JudgePairsOptions,
  type JudgingOutcome,
  type JudgingProgress,
  judgePairs,
} from "./recorded/judge-pairs.js";
export type { Contender, NamedDocument, PairQuestion, QueryDocuments } from "./recorded/pair-question.js";
export { type PlanPairsOptions, planPairs } from "./recorded/plan-pairs.js";
export { type JudgeAgreement, judgeAgreement } from "./report/agreement.js";
export type { JudgedPair } from "./report/judged-pair.js";
export { type JudgeReport, type JudgmentReport, judgmentReport } from "./report/judgment-report.js";
export { type PositionBias, positionBias } from "./report/position-bias.js";
