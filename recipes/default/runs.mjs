const COMMON = {
  loss: "lce",
  maxTokens: 160,
  loader: { batchTokens: 6144, maxDocuments: 8 },
  optimizer: { weightDecay: 0.01, averaging: 0.999, untouchedRows: "leave" },
  schedule: "cosine",
  validateEvery: 500,
  checkpointEvery: 500,
  seed: 1,
  threads: 2,
};

/** One after the other; each begins where the one before ended. */
export const RUNS = [
  {
    ...COMMON,
    name: "1-weak",
    from: "start",
    stages: ["weak"],
    weights: { techdocs: 0.35 },
    holdOut: 0.005,
    epochs: 1,
    learningRate: 1e-3,
    warmup: 0.05,
  },
  {
    ...COMMON,
    name: "2-supervised",
    from: "1-weak",
    stages: ["supervised"],
    holdOut: 0.02,
    epochs: 2,
    learningRate: 5e-4,
    warmup: 0.05,
  },
];
