import { anyText, type OptionSpec, oneOf, wholeNumber, windowSizes, words, yesNo } from "../option-types.js";

/** How documents are ranked: the model, where it comes from, how texts are cut. */
export const RANKING_OPTIONS = {
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
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
