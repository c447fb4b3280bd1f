import { PairEncoder } from "../../text/index.js";
import { type Dataset, type TrainingLoaderOptions, trainingBatches } from "../data/index.js";
import type { Loss } from "../losses/loss.js";
import { examplesBefore } from "./examples-before.js";
import { rankingFeeds, rankingGraphs } from "./ranking-graphs.js";
import { checkMaxTokens, runTraining } from "./run-training.js";
import type { Task } from "./task.js";
import { openTrainableModel, type TrainableModel } from "./trainable-model.js";
import type { TrainingOptions, TrainReport } from "./training-options.js";
import { validate } from "./validate.js";

export type { TrainProgress, TrainReport } from "./training-options.js";

/** Peak, where nothing else is asked for. */
export const TRAINING_RATE = 2e-5;

export interface TrainOptions extends TrainingOptions {
  /** Model folder to start from. */
  readonly model: string;
  readonly data: Dataset;
  /** Held-out examples: quality is measured on them, and the best weights are kept. Default: none. */
  readonly validation?: Dataset | undefined;
  readonly loss: Loss;
  /** How examples become batches. */
  readonly loader?: Pick<
    TrainingLoaderOptions,
    "batchTokens" | "batchExamples" | "poolExamples" | "maxDocuments"
  >;
}

/**
 * Trains a cross-encoder and writes the result as a model folder. With a validation set the best weights are
 * kept, otherwise the last ones, or their moving average where the optimiser keeps one. An encoder without a
 * head gets a new one.
 *
 * The same data, options and number of threads give the same bits, interrupted and resumed or not.
 *
 * @throws RankwrightError TRAINING_DIVERGED (the last good state is saved), ABORTED (likewise),
 *   INVALID_CHECKPOINT, DISK_FULL, WRITE_FAILED, INVALID_OPTION, and the codes of model folders
 */
export async function train(options: TrainOptions): Promise<TrainReport> {
  const { loss, seed, dropout = 0, learningRate = TRAINING_RATE } = options;
  const model = await openTrainableModel(
    options.model,
    (weights, checkpoint) => rankingGraphs(weights, checkpoint, { loss, dropout: dropout > 0 }),
    seed,
  );
  return runTraining(rankingTask(model, options), { ...options, learningRate });
}

function rankingTask(model: TrainableModel, options: TrainOptions): Task {
  const { data, validation, loss, seed = 0, epochs = 1 } = options;
  const { tokenizer, heads, features } = model;
  const maxTokens = checkMaxTokens(model, options.maxTokens ?? model.maxTokens);
  const encoder = new PairEncoder(tokenizer, { maxTokens });
  const loader = { ...options.loader, encoder, heads, features, seed, epochs };
  return {
    model,
    examples: examplesBefore(data, { epoch: epochs, index: 0 }),
    async *batches({ position: from }) {
      for await (const batch of trainingBatches(data, { ...loader, from })) {
        const { examples, pairs, tokens, next } = batch;
        yield { feeds: rankingFeeds(batch), weight: examples, seen: { examples, pairs, tokens }, next };
      }
    },
    async validate(forward) {
      const value = validation && (await validate(validation, loader, forward));
      return value === undefined ? undefined : { value };
    },
    better: (value, than) => value > than,
    facts: {
      loss: loss.name,
      data: data.fingerprint(),
      validation: validation?.fingerprint(),
      loader: options.loader,
    },
  };
}
