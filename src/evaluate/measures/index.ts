export { compareIds } from "./compare-ids.js";
export { describeMeasures, type MeasureDescription, type ParameterDescription } from "./describe-measures.js";
export { formatValue } from "./format-value.js";
export { type JudgeOptions, judgeList } from "./judge-run.js";
export { judgedQuery } from "./judged-query.js";
export { type JudgedQuery, type JudgedRanking, type Measure, type TiedRanking, UNJUDGED } from "./measure.js";
export { type MeasuredRun, type MeasureRunOptions, measureRun } from "./measure-run.js";
export { type ParseMeasuresOptions, parseMeasure, parseMeasures } from "./parse-measure.js";
export { type RankedOrder, type RankOptions, rankList, rankOrder, type ScorePrecision } from "./rank-list.js";
