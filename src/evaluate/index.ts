/** Collections, qrels and runs, measures, significance, calibration, experiments and reports. */

export type { Interval } from "../numbers/interval.js";
export { Random } from "../numbers/random.js";
export { clopperPearsonInterval } from "./calibration/clopper-pearson.js";
export { conformalThreshold } from "./calibration/conformal-threshold.js";
export { fitIsotonic, isotonicProbability } from "./calibration/isotonic.js";
export { fitPlatt, type PlattFit, plattProbability } from "./calibration/platt.js";
export { type PrecisionThreshold, precisionThreshold } from "./calibration/precision-threshold.js";
export { type Reliability, reliability } from "./calibration/reliability.js";
export { splitByQuery } from "./calibration/split-by-query.js";
export { wilsonInterval } from "./calibration/wilson.js";
export type { Collection, CorpusDocument } from "./collection/collection.js";
export { judgedQueries } from "./collection/judged-queries.js";
export { type OpenCollectionOptions, openCollection } from "./collection/open-collection.js";
export { type PickedDocuments, pickDocuments } from "./collection/pick-documents.js";
export type { Qrels } from "./collection/qrels.js";
export { readCorpus } from "./collection/read-corpus.js";
export { type ReadQrelsOptions, readQrels } from "./collection/read-qrels.js";
export { type ReadTopicsOptions, readTopics, type TopicField } from "./collection/read-topics.js";
export type { Assessment, Check, Finding, Need, Verdict } from "./doctor/check.js";
export { CHECKS } from "./doctor/checks.js";
export type { DoctorContext } from "./doctor/context.js";
export { type DoctorReportOptions, doctorReport } from "./doctor/doctor-report.js";
export { type ExamineOptions, examine } from "./doctor/examine.js";
export type { DoctorInput, Rescore } from "./doctor/input.js";
export { type CandidatesOptions, collectCandidates } from "./experiment/candidates.js";
export {
  type Contestant,
  type EvaluateOptions,
  type EvaluateProgress,
  type Evaluation,
  evaluate,
} from "./experiment/evaluate.js";
export { type EvaluationReportOptions, evaluationReport } from "./experiment/evaluation-report.js";
export { type Journal, type JournalOptions, openJournal } from "./experiment/journal.js";
export { judgedCandidates } from "./experiment/judged-candidates.js";
export type { QueryOutcome } from "./experiment/query-outcome.js";
export {
  type QueryCandidates,
  type RerankQueriesOptions,
  rerankQueries,
} from "./experiment/rerank-queries.js";
export { sampleQueries } from "./experiment/sample-queries.js";
export { scoresInOrder } from "./experiment/scores-in-order.js";
export type { SystemResult, SystemWork } from "./experiment/system-result.js";
export * from "./measures/index.js";
export type { EvaluationReport, Setting } from "./report/evaluation-report.js";
export { renderReport } from "./report/render-report.js";
export {
  type ReciprocalRankOptions,
  reciprocalRankFusion,
  type WeightedFusionOptions,
  weightedFusion,
} from "./runs/fuse.js";
export type { Normalisation } from "./runs/normalise.js";
export { type ReadRunOptions, readRun } from "./runs/read-run.js";
export type { Run, ScoredList } from "./runs/run.js";
export { writeRun } from "./runs/write-run.js";
export { bootstrapMean } from "./statistics/bootstrap.js";
export {
  type CompareSystemsOptions,
  compareSystems,
  type SystemComparison,
  type SystemValues,
} from "./statistics/compare-systems.js";
export { holm } from "./statistics/holm.js";
export { type PairedT, pairedT } from "./statistics/paired-t.js";
export { detectableDifference, type PowerOptions, queriesNeeded } from "./statistics/power.js";
export { randomisationTest } from "./statistics/randomisation.js";
export { kendallTau, pearson, spearman } from "./statistics/rank-correlation.js";
export { rankBiasedOverlap } from "./statistics/rbo.js";
