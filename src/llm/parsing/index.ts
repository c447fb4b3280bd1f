export type { AnswerClass, AnswerText } from "./answer-class.js";
export { type FinalText, finalText } from "./final-text.js";
export { type LabelLogprobs, labelLogprobs, logAddExp } from "./label-logprobs.js";
export { JUDGMENT_SCHEMA, type ParsedJudgment, parseJudgment } from "./parse-judgment.js";
export { type ParsedLabel, parseLabel } from "./parse-label.js";
export { type ParsedRanking, type ParseRankingOptions, parseRanking } from "./parse-ranking.js";
