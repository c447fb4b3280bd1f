import type { TrainReport } from "../../trainer/train.js";
import type { TrainingFacts } from "../training-facts.js";

/** A training of `points` points that learns fast at first and begins to overfit in the end. */
export function exampleTraining(points: number): TrainReport {
  const curve = Array.from({ length: points }, (_, i) => {
    const done = (i + 1) / points;
    return {
      step: 200 * (i + 1),
      loss: 0.42 + 1.6 * Math.exp(-5 * done) + 0.02 * Math.sin(7 * i),
      learningRate: 2e-5 * Math.min(10 * done, (1 - done) / 0.9),
      gradientNorm: 2.1 + 4 * Math.exp(-9 * done) + 0.4 * Math.cos(11 * i),
      validation: 0.71 - 0.3 * Math.exp(-4 * done) - 0.06 * done ** 3 + 0.004 * Math.sin(5 * i),
    };
  });
  const best = curve.reduce((top, point) => (point.validation > top.validation ? point : top));
  return {
    steps: 200 * points,
    curve,
    best: { step: best.step, value: best.validation },
    seen: { examples: 96_000, pairs: 768_000, tokens: 61_440_000 },
    trainedMs: 5_432_100,
    ended: "done",
    warnings: [],
  };
}

export const EXAMPLE_FACTS: TrainingFacts = {
  task: "ranking",
  name: "help-centre-reranker",
  base: { name: "google/electra-small-discriminator", onHub: true },
  model: {
    modelType: "electra",
    layers: 12,
    hiddenSize: 256,
    labels: 1,
    vocabSize: 30_522,
    parameters: 13_549_313,
    maxTokens: 512,
    dtypes: ["F32"],
    guesses: false,
  },
  data: [
    { name: "triples.jsonl.gz", weight: 1, examples: 80_000 },
    { name: "clicks.jsonl", weight: 2, examples: 8000 },
  ],
  validation: [{ name: "held-out.jsonl", weight: 1, examples: 1234 }],
  loss: { name: "lce", help: "localised contrastive estimation" },
  settings: [
    { name: "Learning rate", value: "0.00002, linear, warm-up over 10 % of the training" },
    { name: "Seed", value: "1" },
  ],
  created: "2031-05-04",
};

/** A pre-training of `points` points whose held-out loss falls all the time. */
export function examplePretraining(points: number): TrainReport {
  const { best: _, ...training } = exampleTraining(points);
  const curve = training.curve.map((point, i) => {
    const done = (i + 1) / points;
    return {
      ...point,
      loss: 3 + 6 * Math.exp(-5 * done),
      accuracy: 0.4 * done,
      validation: 3.1 + 6 * Math.exp(-5 * done),
      validationAccuracy: 0.38 * done,
    };
  });
  const last = curve.at(-1);
  return { ...training, curve, ...(last && { best: { step: last.step, value: last.validation } }) };
}

export const PRETRAINING_FACTS: TrainingFacts = {
  ...EXAMPLE_FACTS,
  task: "pretraining",
  name: "help-centre-encoder",
  base: { name: "tiny.json", onHub: false, untrained: true },
  model: { ...EXAMPLE_FACTS.model, guesses: true },
  data: [{ name: "articles.jsonl.gz", weight: 1, examples: 50_000 }],
  loss: { name: "mlm", help: "masked language modelling" },
};
