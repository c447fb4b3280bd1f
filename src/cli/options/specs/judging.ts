import {
  decimal,
  evenNumber,
  judgeWeight,
  type OptionSpec,
  oneOf,
  wholeNumber,
  words,
  yesNo,
} from "../option-types.js";

/** Prompts, judges and fits. */
export const JUDGING_OPTIONS = {
  document: {
    type: words("TEXT"),
    many: true,
    help: "text of a document; may be given more than once",
    config: "never",
  },
  topicsFile: {
    type: words("FILE"),
    flag: "--queries",
    help: "queries, as JSON Lines, a table or TREC topics",
    fallback: "those of --collection",
  },
  corpusFile: {
    type: words("FILE"),
    flag: "--corpus",
    help: "documents, as JSON Lines with _id and text (gzip and Parquet too), in place of --collection",
  },
  judgedCandidates: {
    type: words("FILE"),
    flag: "--candidates",
    help: "run whose best documents are compared, TREC or JSON Lines",
    fallback: "BM25 over the documents",
  },
  judgesFile: {
    type: words("FILE"),
    flag: "--judges",
    help: "JSON file with a list of judges: model, baseUrl, apiKeyEnv, prompt, price … (docs/judging.md)",
    config: "named file only",
  },
  journalFile: {
    type: words("FILE"),
    flag: "--out",
    help: "journal of answers, JSON Lines; one that exists is gone on with",
  },
  degree: {
    type: evenNumber("N", 2),
    help: "others that each document is compared with, an even number",
    fallback: "8",
  },
  pairsPerQuery: { type: wholeNumber("N", 1), help: "pairs of each query, in place of --degree" },
  crossPairs: {
    type: wholeNumber("N", 0),
    help: "pairs across queries, so many for each query, which make scores of queries comparable; 4 suffice",
    fallback: "0",
  },
  budget: {
    type: decimal("AMOUNT", 0, Number.POSITIVE_INFINITY),
    help: "most that the journal may cost, earlier runs included, in the currency of the prices",
    fallback: "no limit",
  },
  dryRun: { type: yesNo, help: "print the calls, tokens and money that judging would take, and ask nothing" },
  concurrency: { type: wholeNumber("N", 1), help: "calls of each judge under way at once", fallback: "8" },
  journals: {
    type: words("FILE"),
    flag: "--journal",
    many: true,
    help: "journal that judge has written; may be given more than once",
  },
  fittedScores: {
    type: words("FILE"),
    flag: "--out",
    help: "file of JSON Lines for scores, a document a line, compressed where it ends in .gz",
  },
  fittedModel: {
    type: oneOf("NAME", "bt", "thurstone"),
    flag: "--model",
    help: "Bradley and Terry, with scores in logits, or Thurstone's Case V",
    fallback: "bt",
  },
  votes: {
    type: oneOf("KIND", "soft", "hard"),
    help: "take preferences as probabilities, or as votes for one of the two",
    fallback: "soft",
  },
  weight: {
    type: judgeWeight,
    many: true,
    help: "how much a judge counts; may be given more than once",
    fallback: "1 for each",
  },
  lambda: {
    type: decimal("X", 0.000001, 1_000_000),
    help: "precision of the prior that keeps scores of undefeated documents finite",
    fallback: "0.05",
  },
  instruction: { type: words("TEXT"), help: "what to look for, for prompts that take an instruction" },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
