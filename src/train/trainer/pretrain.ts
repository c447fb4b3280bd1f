import { type Dataset, type MlmLoaderOptions, mlmBatches, readMaskId } from "../data/index.js";
import { examplesBefore } from "./examples-before.js";
import { mlmFeeds, mlmGraphs } from "./mlm-graphs.js";
import { checkMaxTokens, runTraining } from "./run-training.js";
import type { Task } from "./task.js";
import { openTrainableModel, type TrainableModel } from "./trainable-model.js";
import type { TrainingOptions, TrainReport } from "./training-options.js";
import { validateMlm } from "./validate-mlm.js";

export interface PretrainOptions extends TrainingOptions {
  /** Model folder to start from: any that can be trained, its head of no account. */
  readonly model: string;
  /** Of its examples the texts alone are read. */
  readonly data: Dataset;
  /** Held-out texts: the loss is measured on them, and the weights with the lowest are kept. Default: none. */
  readonly validation?: Dataset | undefined;
  /** How texts become batches, and what is masked. */
  readonly loader?: Pick<
    MlmLoaderOptions,
    "batchTokens" | "batchExamples" | "poolExamples" | "share" | "wholeWords" | "pairs"
  >;
}

/** Tokens of a sequence at most, where nothing else is asked for and the model reads as many. */
export const PRETRAINING_TOKENS = 128;
export const PRETRAINING_RATE = 5e-4;
const NOTHING_READ = "every text has fewer than eight tokens, so nothing was learned; give longer ones";

/**
 * Trains an encoder to guess masked tokens and writes it as a model folder, from which `train` goes on. A head
 * of masked language modelling in the checkpoint is trained with it; a new one is not kept. Otherwise as
 * `train`; a point of the curve has loss and accuracy, and `validation` is a loss, so that lower is better.
 *
 * @throws RankwrightError as `train`; INVALID_TOKENIZER where it has no mask token
 */
export async function pretrain(options: PretrainOptions): Promise<TrainReport> {
  const { seed, dropout = 0, learningRate = PRETRAINING_RATE } = options;
  const model = await openTrainableModel(
    options.model,
    (weights, checkpoint) => mlmGraphs(weights, checkpoint, { dropout: dropout > 0 }),
    seed,
  );
  const maskId = await readMaskId(options.model);
  const report = await runTraining(pretrainingTask(model, maskId, options), { ...options, learningRate });
  return report.seen.tokens > 0 ? report : { ...report, warnings: [...report.warnings, NOTHING_READ] };
}

function pretrainingTask(model: TrainableModel, maskId: number, options: PretrainOptions): Task {
  const { data, validation, seed = 0, epochs = 1 } = options;
  const { tokenizer, heads, features } = model;
  const maxTokens = checkMaxTokens(model, options.maxTokens ?? Math.min(PRETRAINING_TOKENS, model.maxTokens));
  const loader = { ...options.loader, tokenizer, maskId, maxTokens, heads, features, seed, epochs };
  return {
    model,
    examples: examplesBefore(data, { epoch: epochs, index: 0 }),
    async *batches({ position: from, seen }) {
      let before = seen.examples;
      for await (const batch of mlmBatches(data, { ...loader, from })) {
        const { sequences: pairs, tokens, masked: weight, next } = batch;
        // At the end of a pool the position tells, also of examples that were too short.
        const after = next.batch === 0 ? examplesBefore(data, next) : before + exactShare(batch.examples);
        yield { feeds: mlmFeeds(batch), weight, seen: { examples: after - before, pairs, tokens }, next };
        before = after;
      }
    },
    validate: async (forward) => validation && validateMlm(validation, loader, forward),
    better: (value, than) => value < than,
    facts: { data: data.fingerprint(), validation: validation?.fingerprint(), loader: options.loader },
  };
}

/** Rounded to 2^-20, so that sums are exact and a resumed training comes to the same ones. */
function exactShare(examples: number): number {
  return Math.round(examples * 2 ** 20) / 2 ** 20;
}
