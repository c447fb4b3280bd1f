import { decimal, type OptionSpec, oneOf, rankRange, wholeNumber, words, yesNo } from "../option-types.js";

/** Hard negatives. */
export const MINING_OPTIONS = {
  questions: {
    type: words("FILE"),
    flag: "--data",
    many: true,
    help: "queries with what answers them: training data as JSON Lines, gzip too; may be given more than once",
    fallback: "the judged queries of --collection",
  },
  corpus: {
    type: words("DIR"),
    flag: "--collection",
    help: "collection whose corpus negatives are taken from; without --data its judged queries are those mined for",
    fallback: "the documents of --data",
  },
  trainingJudgments: {
    type: words("NAME"),
    flag: "--qrels",
    help: "judgments that --collection is mined with: the name of a file in qrels/, or a path",
    fallback: "train",
  },
  mined: {
    type: words("FILE"),
    flag: "--out",
    help: "file of JSON Lines for what was mined, compressed where it ends in .gz",
  },
  format: {
    type: oneOf("FORM", "lists", "triples", "pairs"),
    help: "what a line holds: a query with all its documents, with a positive and a negative, or with one document",
    fallback: "lists",
  },
  targets: {
    type: oneOf("WHICH", "labels", "teacher"),
    help: "numbers of the documents: 1 and 0, or the scores of --model",
    fallback: "labels",
  },
  ranks: {
    type: rankRange,
    help: "first and last rank that candidates are drawn from",
    fallback: "10:100",
  },
  negatives: {
    type: wholeNumber("N", 1),
    help: "negatives of a query, judged ones included",
    fallback: "7",
  },
  foundOnly: {
    type: yesNo,
    help: "leave out positives that BM25, or the miner, does not have at the last of the ranks or better",
  },
  randomShare: {
    type: decimal("SHARE", 0, 1),
    help: "share of the mined negatives that are any documents, drawn by chance",
    fallback: "0.25",
  },
  teacher: {
    type: words("DIR_OR_ID"),
    flag: "--model",
    help: "model that scores positives and candidates, to drop what may be relevant; built-in is the built-in model",
    fallback: "none",
  },
  miner: {
    type: oneOf("WHICH", "bm25", "model"),
    help: "whose ranks --ranks counts: BM25's, or those of --model over the documents that BM25 finds",
    fallback: "bm25",
  },
  guardShare: {
    type: decimal("SHARE", 0, 1),
    help: "drop what scores above this share of its positive's score",
    fallback: "0.95 with --model, where no other guard is given",
  },
  guardMargin: {
    type: decimal("X", 0, Number.POSITIVE_INFINITY),
    help: "drop what scores above its positive's score less X",
    fallback: "off",
  },
  guardProbability: {
    type: decimal("P", 0, 1),
    help: "drop what is relevant with a probability above P",
    fallback: "off",
  },
  against: {
    type: words("DIR[:QRELS]"),
    many: true,
    help: "test collection whose judged queries and relevant passages must not be trained on; may be given more than once",
    fallback: "none",
  },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
