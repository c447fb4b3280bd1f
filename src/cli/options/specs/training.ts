import { decimal, type OptionSpec, oneOf, rate, wholeNumber, words, yesNo } from "../option-types.js";

/** Training and pre-training. */
export const TRAINING_OPTIONS = {
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
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
