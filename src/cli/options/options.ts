import { LANGUAGE_NAMES } from "../../retrieve/analysis/languages.js";

/** How the text of an option becomes its value. */
export interface OptionType<T> {
  /** Stands for the value in help; absent for a switch, which needs none. */
  readonly placeholder?: string;
  /** Completes "it must be …". */
  readonly wanted: string;
  /** Where only a few words will do. */
  readonly choices?: readonly string[];
  /** `undefined` for what is not wanted. */
  parse(text: string): T | undefined;
}

export interface OptionSpec<T> {
  readonly type: OptionType<T>;
  /** One line, without the default. */
  readonly help: string;
  /** What holds without the option, in words. */
  readonly fallback?: string;
  /** Where it may come from besides flag and variable. Default: any config file. */
  readonly config?: "never" | "named file only";
  /** May be given more than once: `--run a --run b`, a list with commas in a variable, an array in a config file. */
  readonly many?: true;
  /** Never shown, not even where it is wrong. */
  readonly secret?: true;
  /** Where the flag is not the name; variable and config-file key follow it. */
  readonly flag?: string;
}

function words(placeholder: string): OptionType<string> {
  return { placeholder, wanted: "text that is not empty", parse: (text) => text || undefined };
}

/** For what has a message of its own when it is empty. */
const anyText: OptionType<string> = { placeholder: "TEXT", wanted: "text", parse: (text) => text };

function wholeNumber(placeholder: string, least: number): OptionType<number> {
  return {
    placeholder,
    wanted: `a whole number of at least ${least}`,
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least ? value : undefined;
    },
  };
}

function evenNumber(placeholder: string, least: number): OptionType<number> {
  const { parse } = wholeNumber(placeholder, least);
  return {
    placeholder,
    wanted: `an even number of at least ${least}`,
    parse: (text) => {
      const value = parse(text);
      return value === undefined || value % 2 === 1 ? undefined : value;
    },
  };
}

function decimal(placeholder: string, least: number, most: number): OptionType<number> {
  const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  return {
    placeholder,
    wanted: `a number ${range}`,
    parse: (text) => {
      const value = /^\d{0,9}(?:\.\d{1,9})?$/.test(text) && text !== "" ? Number(text) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** Rates are written as people think of them: 2e-5. */
const rate: OptionType<number> = {
  placeholder: "RATE",
  wanted: "a number above 0 and at most 1, such as 2e-5",
  parse: (text) => {
    const value = /^(?:\d{1,3}|\d{0,3}\.\d{1,12})(?:e-?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= 1 ? value : undefined;
  },
};

const port: OptionType<number> = {
  placeholder: "N",
  wanted: "a whole number from 0 to 65535",
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

function oneOf<T extends string>(placeholder: string, ...choices: readonly T[]): OptionType<T> {
  return {
    placeholder,
    choices,
    wanted: choices.join(" or "),
    parse: (text) => choices.find((choice) => choice === text),
  };
}

const yesNo: OptionType<boolean> = {
  wanted: "true or false",
  parse: (text) => {
    if (/^(1|true|yes|on)$/i.test(text)) return true;
    return /^(0|false|no|off)$/i.test(text) ? false : undefined;
  },
};

/** Windows over long documents, as `TOKENS` or `TOKENS:OVERLAP`. */
export interface WindowSizes {
  readonly tokens: number;
  readonly overlap?: number;
}

const windowSizes: OptionType<WindowSizes> = {
  placeholder: "SIZES",
  wanted: "TOKENS or TOKENS:OVERLAP, such as 256:32, with the overlap below the tokens",
  parse: (text) => {
    const [, tokens = "", overlap] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
    if (Number(tokens) < 1 || Number(overlap ?? 0) >= Number(tokens)) return undefined;
    return { tokens: Number(tokens), ...(overlap !== undefined && { overlap: Number(overlap) }) };
  },
};

/** First and last rank, 1 being the best. */
export type RankRange = readonly [first: number, last: number];

const rankRange: OptionType<RankRange> = {
  placeholder: "FROM:TO",
  wanted: "FROM:TO, such as 10:100, with FROM at least 1 and at most TO",
  parse: (text) => {
    const [, first, last] = /^(\d{1,9}):(\d{1,9})$/.exec(text)?.map(Number) ?? [];
    if (first === undefined || last === undefined || first < 1 || last < first) return undefined;
    return [first, last];
  },
};

/** How much a judge counts. */
export interface JudgeWeight {
  readonly judge: string;
  readonly weight: number;
}

const judgeWeight: OptionType<JudgeWeight> = {
  placeholder: "JUDGE=X",
  wanted: "JUDGE=X, such as strict=2, with X above 0",
  parse: (text) => {
    const [, judge, amount] = /^(.+)=(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})$/.exec(text) ?? [];
    const weight = Number(amount);
    return judge === undefined || !(weight > 0) ? undefined : { judge, weight };
  },
};

/**
 * Every option of every command, once. The name is the config-file key; the flag and the environment
 * variable follow from it (`topN`: `--top-n`, `RANKWRIGHT_TOP_N`).
 */
export const OPTIONS = {
  query: { type: anyText, help: "what to rank the documents by" },
  model: {
    type: words("DIR_OR_ID"),
    help: "model folder, hub repository as org/name[@revision], or a .json file that combines several",
    fallback: "the built-in model",
  },
  topN: { type: wholeNumber("N", 1), help: "print only the N best documents", fallback: "all" },
  json: { type: yesNo, help: "JSON on standard output, one object a line, and nothing else there" },
  precision: {
    type: oneOf("TYPE", "float32", "int8"),
    help: "numbers to compute with",
    fallback: "float32",
  },
  threads: { type: wholeNumber("N", 1), help: "processor cores to use", fallback: "all" },
  maxTokens: {
    type: wholeNumber("N", 1),
    help: "longest input in tokens, query and document together",
    fallback: "the model's own limit",
  },
  truncation: {
    type: oneOf("RULE", "only_second", "longest_first", "head_tail", "error"),
    help: "what to do with a document that does not fit",
    fallback: "only_second",
  },
  windows: {
    type: windowSizes,
    help: "read long documents in windows: TOKENS or TOKENS:OVERLAP",
    fallback: "off",
  },
  maxWindows: {
    type: wholeNumber("N", 1),
    help: "read at most N windows of a document, from its start",
    fallback: "8",
  },
  aggregate: {
    type: oneOf("HOW", "max", "mean", "top_k", "first"),
    help: "how the scores of a document's windows become one",
    fallback: "max",
  },
  batchTokens: { type: wholeNumber("N", 1), help: "padded tokens to compute at once", fallback: "512" },
  scores: {
    type: oneOf("SCALE", "logit", "probability"),
    help: "what scores to print",
    fallback: "logit",
  },
  deadlineMs: {
    type: wholeNumber("N", 0),
    help: "print the best ranking known after N milliseconds of scoring",
    fallback: "none",
  },
  revision: { type: words("NAME"), help: "branch, tag or commit of a hub model", fallback: "main" },
  offline: { type: yesNo, help: "never ask the hub, use what is in the cache" },
  endpoint: {
    type: words("URL"),
    help: "address of the hub",
    fallback: "HF_ENDPOINT, then the public hub",
    config: "named file only",
  },
  cacheDir: {
    type: words("DIR"),
    help: "folder of downloaded models",
    fallback: "the cache that Python's huggingface_hub uses",
  },
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
  start: { type: words("DIR"), flag: "--model", help: "folder of the model to start from" },
  architecture: {
    type: words("FILE"),
    help: "config.json of a model to create and to start from, with random weights, instead of --model",
  },
  tokenizer: {
    type: words("FILE_OR_DIR"),
    help: "tokenizer.json of the model that is created, or a folder that holds one",
    fallback: "a WordPiece vocabulary is learned from --data",
  },
  vocabularySize: {
    type: wholeNumber("N", 6),
    help: "pieces of the vocabulary that is learned for the model that is created, at most",
    fallback: "vocab_size of --architecture",
  },
  data: {
    type: words("FILE[:WEIGHT]"),
    many: true,
    help: "training data as JSON Lines, gzip too; an epoch takes a file WEIGHT times; may be given more than once",
  },
  loss: {
    type: words("NAME"),
    help: "what the model learns from: bce, mse, margin-mse, ranknet, ndcg-loss2++, listnet, kl, lce … (docs/training.md)",
    fallback: "lce",
  },
  out: { type: words("DIR"), help: "folder of the trained model; checkpoints go into its checkpoints/" },
  heldOutTexts: {
    type: words("FILE"),
    flag: "--validation",
    many: true,
    help: "held-out texts; the weights with the lowest loss on them are kept",
    fallback: "--hold-out",
  },
  maskShare: {
    type: decimal("SHARE", 0.001, 0.999),
    help: "share of the tokens that are to be guessed",
    fallback: "0.15",
  },
  wholeWords: {
    type: yesNo,
    help: "mask all tokens of a word or none",
    fallback: "yes; --no-whole-words for no",
  },
  pairs: {
    type: yesNo,
    help: "put a text's query or title in front of it, as a re-ranker reads pairs",
    fallback: "yes; --no-pairs for no",
  },
  pretrainingRate: { type: rate, flag: "--learning-rate", help: "peak learning rate", fallback: "5e-4" },
  pretrainingTokens: {
    type: wholeNumber("N", 16),
    flag: "--max-tokens",
    help: "longest sequence in tokens; longer texts are cut into several",
    fallback: "128, or the model's own limit where that is lower",
  },
  epochs: { type: wholeNumber("N", 1), help: "passes over the data", fallback: "1" },
  maxSteps: { type: wholeNumber("N", 1), help: "end after N updates at the latest", fallback: "no limit" },
  learningRate: { type: rate, help: "peak learning rate", fallback: "2e-5" },
  schedule: {
    type: oneOf("KIND", "constant", "linear", "cosine"),
    help: "how the learning rate falls after the warm-up",
    fallback: "linear",
  },
  warmup: {
    type: decimal("SHARE", 0, 0.99),
    help: "share of the training in which the rate rises",
    fallback: "0.1",
  },
  layerDecay: {
    type: decimal("X", 0, 1),
    help: "each layer learns at this share of the rate of the layer above it",
    fallback: "1",
  },
  dropout: {
    type: decimal("P", 0, 0.99),
    help: "share of numbers that are dropped while training",
    fallback: "0",
  },
  weightDecay: { type: decimal("X", 0, 10), help: "decoupled weight decay", fallback: "0.01" },
  averaging: {
    type: decimal("DECAY", 0, 0.999999),
    help: "keep an exponential moving average of the weights with this decay",
    fallback: "off",
  },
  trainingTokens: {
    type: wholeNumber("N", 1),
    flag: "--batch-tokens",
    help: "padded tokens of a batch at most",
    fallback: "4096",
  },
  batchExamples: {
    type: wholeNumber("N", 1),
    help: "examples of a batch at most",
    fallback: "as the tokens allow",
  },
  accumulate: { type: wholeNumber("N", 1), help: "batches that make one update", fallback: "1" },
  maxDocuments: {
    type: wholeNumber("N", 2),
    help: "documents of an example at most, drawn anew every epoch",
    fallback: "all",
  },
  validation: {
    type: words("FILE"),
    many: true,
    help: "held-out data; the best weights by nDCG@10 are kept",
    fallback: "--hold-out",
  },
  holdOut: {
    type: decimal("SHARE", 0, 0.5),
    help: "share of the queries (of texts without one: of the texts) that is held out for validation",
    fallback: "0",
  },
  validateEvery: { type: wholeNumber("N", 1), help: "updates between validations", fallback: "200" },
  checkpointEvery: { type: wholeNumber("N", 1), help: "updates between checkpoints", fallback: "200" },
  patience: {
    type: wholeNumber("N", 1),
    help: "end after N validations without a better one",
    fallback: "off",
  },
  trainingThreads: {
    type: wholeNumber("N", 1),
    flag: "--threads",
    help: "processor cores to train with; other numbers give other last digits",
    fallback: "2",
  },
  dtype: {
    type: oneOf("TYPE", "float32", "float16"),
    help: "how the trained weights are stored; float16 takes half the room",
    fallback: "float32",
  },
  int8Gate: {
    type: yesNo,
    help: "compare int8 with float32 on the validation data, and end with an error where it loses too much",
  },
  license: {
    type: words("NAME"),
    help: "licence of the trained model for its model card, as the hub writes it: apache-2.0",
    fallback: "none is stated",
  },
  resume: { type: yesNo, help: "go on from the last checkpoint, bit for bit" },
  skipInvalid: {
    type: wholeNumber("N", 0),
    help: "lines that may be skipped because nothing can be learned from them",
    fallback: "0",
  },
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
  served: {
    type: words("DIR_OR_ID"),
    flag: "--model",
    many: true,
    help: "model folder, hub repository, or a .json file that combines several, to serve, the default first; may be given more than once; built-in is the built-in model",
    fallback: "those of --models, else built-in",
  },
  modelsFile: {
    type: words("FILE"),
    flag: "--models",
    help: "JSON file of models to serve by name: the id of each, what combines several, or another name of the file",
    fallback: "none",
  },
  alias: {
    type: words("NAME=MODEL"),
    many: true,
    help: "a further name that clients may give a model; may be given more than once",
    fallback: "none",
  },
  port: { type: port, help: "port to listen on; 0 for any that is free", fallback: "8787" },
  host: {
    type: words("ADDRESS"),
    help: "address to listen on; 0.0.0.0 for every network of this machine",
    fallback: "127.0.0.1, this machine alone",
  },
  apiKey: {
    type: words("KEY"),
    many: true,
    secret: true,
    help: "key of which callers must send one, plain or as sha256:HEX; other users see flags, so prefer the variable or --api-key-file",
    fallback: "none is needed",
  },
  apiKeyFile: {
    type: words("FILE"),
    help: "file with such keys, one a line; lines that begin with # are left out",
    fallback: "none",
  },
  cors: {
    type: words("ORIGIN"),
    many: true,
    help: "web page that may call from a browser, such as https://app.example; * for every page",
    fallback: "none",
  },
  maxBodyMb: { type: wholeNumber("MB", 1), help: "megabytes of a request, unpacked", fallback: "16" },
  servedDocuments: {
    type: wholeNumber("N", 1),
    flag: "--max-documents",
    help: "documents of a request at most",
    fallback: "10000",
  },
  maxDocumentCharacters: {
    type: wholeNumber("N", 1),
    help: "characters of a document at most",
    fallback: "500000",
  },
  maxQueryCharacters: { type: wholeNumber("N", 1), help: "characters of a query at most", fallback: "50000" },
  maxRequests: {
    type: wholeNumber("N", 1),
    help: "requests under way at most; more are told to come again",
    fallback: "512",
  },
  maxQueuedTokens: {
    type: wholeNumber("N", 1),
    help: "tokens that may wait for a model; requests beyond are told to come again",
    fallback: "1000000",
  },
  maxQueueMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds that a request may expect to wait for a model; where they are more, it is told to come again",
    fallback: "no limit",
  },
  headerTimeoutMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds in which the headers of a request must arrive",
    fallback: "10000",
  },
  bodyTimeoutMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds in which a body must arrive",
    fallback: "30000",
  },
  keepAliveMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds that a connection is kept open between requests",
    fallback: "65000",
  },
  requestDeadlineMs: {
    type: wholeNumber("N", 1),
    flag: "--deadline-ms",
    help: "answer with the best ranking known after N milliseconds; callers may ask for less",
    fallback: "none",
  },
  graceSeconds: {
    type: wholeNumber("N", 0),
    help: "seconds that requests under way may take to end when the server stops",
    fallback: "30",
  },
  idleMinutes: {
    type: decimal("MINUTES", 0.001, 1_000_000),
    help: "unload a model after so long without a request",
    fallback: "never",
  },
  maxMemoryMb: {
    type: wholeNumber("MB", 1),
    help: "unload what was used least recently while the process holds more megabytes",
    fallback: "no bound",
  },
  cacheMb: {
    type: wholeNumber("MB", 1),
    help: "remember exact scores in so many megabytes of memory, about 4,000 pairs each",
    fallback: "none are remembered",
  },
  redis: {
    type: words("URL"),
    secret: true,
    help: "remember exact scores in a Redis server that several processes share; other users see flags, so prefer the variable where the URL holds a password",
    fallback: "none",
  },
  defaultForUnknown: { type: yesNo, help: "answer unknown model names with the default model" },
  dialect: {
    type: words("PATH=NAME"),
    many: true,
    help: "dialect of a path, whatever the body looks like, such as /v1/rerank=voyage",
    fallback: "by the body",
  },
  strict: { type: yesNo, help: "refuse fields that a dialect does not know" },
  logFormat: {
    type: oneOf("FORM", "json", "text"),
    help: "how log lines look",
    fallback: "text on a terminal, else json",
  },
  logLevel: {
    type: oneOf("LEVEL", "debug", "info", "warn", "error", "silent"),
    help: "least important lines to log",
    fallback: "info",
  },
  logText: {
    type: yesNo,
    help: "write queries into the log, and queries and documents into OpenTelemetry spans",
  },
  teiMetrics: { type: yesNo, help: "count under the names of Text Embeddings Inference too" },
  trace: {
    type: words("FILE"),
    help: "add requests and answers to a file of JSON Lines, without texts",
    fallback: "none",
  },
  traceShare: {
    type: decimal("SHARE", 0, 1),
    help: "share of the requests that --trace writes, drawn by chance",
    fallback: "1",
  },
  traceText: { type: yesNo, help: "let --trace write texts too" },
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
  config: {
    type: words("FILE"),
    help: "JSON file with options",
    fallback: "rankwright.config.json in the working directory, where there is one",
    config: "never",
  },
  debug: { type: yesNo, help: "show where an error came from", config: "never" },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;

export type OptionName = keyof typeof OPTIONS;

/** The values of options that were given somewhere. */
export type OptionValues = {
  readonly [Name in OptionName]?: (typeof OPTIONS)[Name]["type"] extends OptionType<infer T>
    ? (typeof OPTIONS)[Name] extends { readonly many: true }
      ? readonly T[]
      : T
    : never;
};

/** `topN` to `--top-n`. */
export function flagName(name: OptionName): string {
  const { flag }: OptionSpec<unknown> = OPTIONS[name];
  return flag ?? `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The config-file key, and the flag in camel case: `topN`. */
export function keyName(name: OptionName): string {
  return flagName(name)
    .slice(2)
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `topN` to `RANKWRIGHT_TOP_N`. */
export function variableName(name: OptionName): string {
  return `RANKWRIGHT_${flagName(name).slice(2).replaceAll("-", "_").toUpperCase()}`;
}
