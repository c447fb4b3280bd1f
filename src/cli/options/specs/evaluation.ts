import { LANGUAGE_NAMES } from "../../../retrieve/analysis/languages.js";
import { decimal, type OptionSpec, oneOf, wholeNumber, words, yesNo } from "../option-types.js";

/** Judged collections, runs and measures. */
export const EVALUATION_OPTIONS = {
  collection: {
    type: words("DIR"),
    help: "folder in BEIR layout: corpus.jsonl, queries.jsonl, qrels/NAME.tsv (gzip and Parquet too)",
  },
  qrels: { type: words("FILE"), help: "relevance judgments, in TREC or BEIR format" },
  judgments: {
    type: words("NAME"),
    flag: "--qrels",
    help: "which judgments: the name of a file in qrels/, or a path",
    fallback: "test, else the only one",
  },
  runs: {
    type: words("FILE"),
    flag: "--run",
    many: true,
    help: "ranking to look at, a TREC run; may be given more than once",
  },
  firstStage: {
    type: words("FILE"),
    flag: "--run",
    many: true,
    help: "first stage, a TREC run; several are fused",
    fallback: "BM25 over the collection",
  },
  fusion: {
    type: oneOf("HOW", "rrf", "min-max", "z-score"),
    help: "how several runs become one: by reciprocal ranks, or by the sum of normalised scores",
    fallback: "rrf",
  },
  candidates: {
    type: oneOf("WHICH", "retrieved", "judged"),
    help: "re-rank what the first stage retrieved, or every judged document in the first stage's order",
    fallback: "retrieved",
  },
  analyzer: {
    type: oneOf("LANGUAGE", ...LANGUAGE_NAMES),
    help: "how BM25 reads text",
    fallback: "english",
  },
  stem: { type: yesNo, help: "let BM25 reduce words to their stems", fallback: "yes; --no-stem for no" },
  stopWords: {
    type: oneOf("WHICH", "default", "none"),
    help: "words that BM25 leaves out",
    fallback: "default, those of the language",
  },
  k1: { type: decimal("X", 0, 1000), help: "BM25's term-frequency saturation", fallback: "0.9" },
  b: { type: decimal("X", 0, 1), help: "BM25's length normalisation", fallback: "0.4" },
  models: {
    type: words("DIR_OR_ID"),
    flag: "--model",
    many: true,
    help: "model folder, hub repository, or a .json file that combines several; may be given more than once; built-in is the built-in model",
    fallback: "built-in",
  },
  depth: { type: wholeNumber("N", 1), help: "candidates of a query that are re-ranked", fallback: "100" },
  measures: {
    type: words("NAMES"),
    help: "what to measure, separated by commas; the first one decides comparisons",
    fallback: "nDCG@10,RR@10,AP,R@100",
  },
  perQuery: { type: yesNo, help: "the values of every query too" },
  topics: {
    type: oneOf("WHICH", "judged", "common"),
    help: "average over all judged queries, those without results counting 0 (trec_eval -c), or over those that have results",
    fallback: "judged",
  },
  ties: {
    type: oneOf("HOW", "document-id", "expected"),
    help: "documents with equal scores: ordered by id as in trec_eval, or the mean over all their orders",
    fallback: "document-id",
  },
  scorePrecision: {
    type: oneOf("TYPE", "float32", "float64"),
    help: "precision in which scores are compared; trec_eval up to 9.0.8 has float32",
    fallback: "float32",
  },
  relevanceLevel: {
    type: wholeNumber("GRADE", 1),
    help: "lowest grade that counts as relevant for measures that know only yes and no (trec_eval -l)",
    fallback: "1",
  },
  judgedOnly: { type: yesNo, help: "leave out documents without a judgment (trec_eval -J)" },
  sample: { type: wholeNumber("N", 1), help: "look at N queries only, drawn by chance", fallback: "all" },
  seed: { type: wholeNumber("N", 0), help: "seed of everything drawn by chance", fallback: "1" },
  saveRun: {
    type: words("FILE"),
    help: "write the re-ranked run in TREC format; with several models their names go before the ending",
  },
  report: { type: words("FILE"), help: "write a report with pictures, one HTML file" },
  reference: {
    type: words("FILE"),
    help: "run of the same model over a collection where it is known to work; its scores are compared",
  },
  fresh: { type: yesNo, help: "score again what an earlier or interrupted run has scored" },
  latencyBudget: {
    type: wholeNumber("MS", 1),
    help: "milliseconds in which 95 % of requests should be answered",
  },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
