import { createHash } from "node:crypto";
import { join } from "node:path";
import { abortedError } from "../../files/aborted-error.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import type { Feeds } from "../../onnx/index.js";
import { RankwrightError } from "../../types/index.js";
import {
  type Dataset,
  epochSize,
  FIRST_POSITION,
  type TrainingBatch,
  type TrainingLoaderOptions,
  trainingBatches,
} from "../data/index.js";
import type { Loss } from "../losses/loss.js";
import {
  learningRateSchedule,
  type OptimizerOptions,
  type Schedule,
  type ScheduleOptions,
} from "../optimizer/index.js";
import { StepRunner, type Tensors } from "../step/index.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
import type { CurvePoint, Progress } from "./progress.js";
import { saveModel } from "./save-model.js";
import { openTrainableModel, readTensors, type TrainableModel } from "./trainable-model.js";
import { validate } from "./validate.js";

export interface TrainOptions {
  /** Model folder to start from. */
  readonly model: string;
  readonly data: Dataset;
  /** Held-out examples: quality is measured on them, and the best weights are kept. Default: none. */
  readonly validation?: Dataset | undefined;
  readonly loss: Loss;
  /** Folder of the trained model; checkpoints go into its `checkpoints`. */
  readonly out: string;
  /** Passes over the data. Default: 1. */
  readonly epochs?: number | undefined;
  /** End after so many updates at the latest. Default: no limit. */
  readonly maxSteps?: number | undefined;
  /** Peak. Default: 2e-5. */
  readonly learningRate?: number | undefined;
  /** Default: linear. */
  readonly schedule?: ScheduleOptions["kind"] | undefined;
  /** Share of the training in which the rate rises, from 0 to below 1. Default: 0.1. */
  readonly warmup?: number | undefined;
  /** Default: clipping at 1, decay 0.01, no averaging. */
  readonly optimizer?: OptimizerOptions | undefined;
  /** Batches whose gradients make one update. Default: 1. */
  readonly accumulate?: number | undefined;
  /** How examples become batches. */
  readonly loader?: Pick<
    TrainingLoaderOptions,
    "batchTokens" | "batchExamples" | "poolExamples" | "maxDocuments"
  >;
  /** Longest sequence. Default and limit: the model's own. */
  readonly maxTokens?: number | undefined;
  /** Of everything drawn by chance. Default: 0. */
  readonly seed?: number | undefined;
  /** Default: 2. */
  readonly threads?: number | undefined;
  /** Updates between two points of the curve and two validations. Default: 200. */
  readonly validateEvery?: number | undefined;
  /** Updates between two checkpoints. Default: 200. */
  readonly checkpointEvery?: number | undefined;
  /** End when so many validations in a row were no better than the best. Default: never. */
  readonly patience?: number | undefined;
  /** Go on from the last checkpoint in `out`, where there is one. Default: false. */
  readonly resume?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
}

export interface TrainProgress {
  readonly step: number;
  /** Share of the training that is done, in [0, 1]. */
  readonly done: number;
  /** Of the last update. */
  readonly loss: number;
  readonly learningRate: number;
  readonly tokensPerSecond: number;
  /** Seconds, by the speed so far. */
  readonly timeLeft: number;
  /** The last one measured. */
  readonly validation?: number | undefined;
}

export interface TrainReport {
  readonly steps: number;
  readonly curve: readonly CurvePoint[];
  readonly best?: Progress["best"];
  readonly seen: Progress["seen"];
  /** Milliseconds of training, validation and checkpoints excluded. */
  readonly trainedMs: number;
  /** Why it ended. */
  readonly ended: "done" | "steps" | "patience";
}

/**
 * Trains a cross-encoder and writes the result as a model folder. With a validation set the best weights are
 * kept, otherwise the last ones, or their moving average where the optimiser keeps one.
 *
 * The same data, options and number of threads give the same bits, interrupted and resumed or not.
 *
 * @throws RankwrightError TRAINING_DIVERGED (the last good state is saved), ABORTED (likewise),
 *   INVALID_CHECKPOINT, DISK_FULL, WRITE_FAILED, INVALID_OPTION, and the codes of model folders
 */
export async function train(options: TrainOptions): Promise<TrainReport> {
  const model = await openTrainableModel(options.model, options.loss, { maxTokens: options.maxTokens });
  const runner = await openRunner(model, options);
  try {
    return await new Training(model, runner, options).run();
  } finally {
    await runner.close();
  }
}

function openRunner(model: TrainableModel, { optimizer, threads }: TrainOptions): Promise<StepRunner> {
  const weights = new Map(model.training.parameters.map(({ name }) => [name, tensorOf(model, name)]));
  return StepRunner.open({
    training: model.training,
    forward: model.forward,
    weights,
    optimizer: { maxGradientNorm: 1, ...optimizer },
    ...(threads !== undefined && { threads }),
  });
}

function tensorOf(model: TrainableModel, name: string): Float32Array {
  return model.tensors.get(name)?.data as Float32Array;
}

const DEFAULT_EVERY = 200;

class Training {
  readonly #model: TrainableModel;
  readonly #runner: StepRunner;
  readonly #options: TrainOptions;
  readonly #checkpoints: string;
  readonly #best: string;
  readonly #loader: TrainingLoaderOptions;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  /** Examples of all epochs. */
  readonly #examples: number;
  readonly #schedule: Schedule;
  #progress: Progress;
  #sinceBest = 0;

  constructor(model: TrainableModel, runner: StepRunner, options: TrainOptions) {
    this.#model = model;
    this.#runner = runner;
    this.#options = options;
    this.#checkpoints = join(options.out, "checkpoints");
    this.#best = join(this.#checkpoints, "best");
    this.#shapes = new Map(model.training.parameters.map(({ name, shape }) => [name, shape]));
    const { data, seed = 0, epochs = 1, loader, schedule: kind = "linear", warmup = 0.1 } = options;
    let examples = 0;
    for (let epoch = 0; epoch < epochs; epoch++) examples += epochSize(data.sources, epoch);
    this.#examples = examples;
    this.#schedule = learningRateSchedule({ kind, steps: RESOLUTION, ...(warmup > 0 && { warmup }) });
    const { encoder, heads, features } = model;
    this.#loader = { ...loader, encoder, heads, features, seed, epochs };
    this.#progress = {
      fingerprint: fingerprint(model, options),
      position: FIRST_POSITION,
      curve: [],
      running: { steps: 0, loss: 0, gradientNorm: 0 },
      seen: { examples: 0, pairs: 0, tokens: 0 },
      trainedMs: 0,
    };
  }

  async run(): Promise<TrainReport> {
    const { data, accumulate = 1, maxSteps = Number.POSITIVE_INFINITY, resume } = this.#options;
    if (resume) await this.#resume();
    let ended: TrainReport["ended"] = "done";
    let pending: TrainingBatch[] = [];
    const from = this.#progress.position;
    // An abort is answered between steps, where the state can be saved.
    for await (const batch of trainingBatches(data, { ...this.#loader, from })) {
      if (this.#runner.steps >= maxSteps) {
        ended = "steps";
        break;
      }
      pending.push(batch);
      if (pending.length < accumulate) continue;
      await this.#step(pending);
      pending = [];
      if (await this.#lookAround()) {
        ended = "patience";
        break;
      }
    }
    // What an accumulation left over is data too.
    if (ended === "done" && pending.length > 0) await this.#step(pending);
    await this.#finish();
    const { curve, best, seen, trainedMs } = this.#progress;
    return { steps: this.#runner.steps, curve, best, seen, trainedMs, ended };
  }

  async #step(batches: readonly TrainingBatch[]): Promise<void> {
    const { signal, onProgress } = this.#options;
    if (signal?.aborted) await this.#saveAndThrow(abortedError(signal));
    const begin = performance.now();
    const learningRate = this.#learningRate();
    const examples = batches.reduce((sum, batch) => sum + batch.examples, 0);
    const result = await this.#runner
      .step(batches.map(stepFeeds), {
        learningRate,
        shares: batches.map((batch) => batch.examples / examples),
      })
      .catch((error: unknown) => this.#saveAndThrow(error));
    const { running, seen, trainedMs } = this.#progress;
    this.#progress = {
      ...this.#progress,
      position: (batches.at(-1) as TrainingBatch).next,
      running: {
        steps: running.steps + 1,
        loss: running.loss + result.loss,
        gradientNorm: running.gradientNorm + result.gradientNorm,
      },
      seen: {
        examples: seen.examples + examples,
        pairs: seen.pairs + batches.reduce((sum, { pairs }) => sum + pairs, 0),
        tokens: seen.tokens + batches.reduce((sum, { tokens }) => sum + tokens, 0),
      },
      trainedMs: trainedMs + performance.now() - begin,
    };
    const { seen: now, trainedMs: ms, curve } = this.#progress;
    const done = this.#done();
    onProgress?.({
      step: this.#runner.steps,
      done,
      loss: result.loss,
      learningRate,
      tokensPerSecond: (now.tokens / ms) * 1000,
      timeLeft: (ms / 1000) * (1 / Math.max(done, 1e-9) - 1),
      validation: curve.at(-1)?.validation,
    });
  }

  /** Validates and saves when it is time. @returns whether patience is at its end */
  async #lookAround(): Promise<boolean> {
    const { validateEvery = DEFAULT_EVERY, checkpointEvery = DEFAULT_EVERY, patience } = this.#options;
    const { steps } = this.#runner;
    if (steps % validateEvery === 0) await this.#measure();
    if (steps % checkpointEvery === 0) await this.#save();
    return patience !== undefined && this.#sinceBest >= patience;
  }

  /** Adds a point to the curve, and keeps the weights when they are the best so far. */
  async #measure(): Promise<void> {
    const { validation } = this.#options;
    const { running, curve, best } = this.#progress;
    if (running.steps === 0) return;
    const averaged = this.#options.optimizer?.averaging !== undefined;
    const value =
      validation &&
      (await validate(validation, this.#loader, (feeds) => this.#runner.forward(feeds, { averaged })));
    const point: CurvePoint = {
      step: this.#runner.steps,
      loss: running.loss / running.steps,
      learningRate: this.#learningRate(),
      gradientNorm: running.gradientNorm / running.steps,
      ...(value !== undefined && { validation: value }),
    };
    this.#progress = {
      ...this.#progress,
      curve: [...curve, point],
      running: { steps: 0, loss: 0, gradientNorm: 0 },
    };
    if (value === undefined) return;
    if (best !== undefined && value <= best.value) {
      this.#sinceBest++;
      return;
    }
    this.#sinceBest = 0;
    this.#progress = { ...this.#progress, best: { step: this.#runner.steps, value } };
    await saveModel(this.#best, this.#model, await this.#weights());
  }

  async #finish(): Promise<void> {
    await this.#measure();
    await this.#save();
    const { best } = this.#progress;
    const weights =
      best === undefined || best.step === this.#runner.steps
        ? await this.#weights()
        : await this.#bestWeights();
    await saveModel(this.#options.out, this.#model, weights);
  }

  async #bestWeights(): Promise<Tensors> {
    const checkpoint = await openCheckpoint(this.#best);
    try {
      return await readTensors(checkpoint);
    } finally {
      await checkpoint.close();
    }
  }

  #weights(): Promise<Tensors> {
    return this.#runner.weights({ averaged: this.#options.optimizer?.averaging !== undefined });
  }

  async #save(): Promise<void> {
    const state = await this.#runner.exportState();
    await saveCheckpoint(this.#checkpoints, { state, progress: this.#progress }, this.#shapes);
  }

  /** The step that failed changed nothing: what is saved is the last good state. */
  async #saveAndThrow(error: unknown): Promise<never> {
    await this.#save();
    throw error;
  }

  async #resume(): Promise<void> {
    const saved = await loadCheckpoint(this.#checkpoints);
    if (saved === undefined) return;
    const { fingerprint } = this.#progress;
    if (saved.progress.fingerprint !== fingerprint) {
      throw new RankwrightError(
        "INVALID_CHECKPOINT",
        `${this.#checkpoints} belongs to a training with another model, other data or other options; resume with the same, or train into another folder`,
        { field: "resume", value: this.#checkpoints },
      );
    }
    await this.#runner.importState(saved.state);
    this.#progress = saved.progress;
    const { best, curve } = saved.progress;
    this.#sinceBest = best === undefined ? 0 : curve.filter(({ step }) => step > best.step).length;
  }

  /** Share of the examples that were read, or of the updates where those are limited. */
  #done(): number {
    const { maxSteps } = this.#options;
    if (maxSteps !== undefined) return Math.min(1, this.#runner.steps / maxSteps);
    return Math.min(1, this.#progress.seen.examples / this.#examples);
  }

  #learningRate(): number {
    const { learningRate = 2e-5 } = this.#options;
    return learningRate * this.#schedule(this.#done() * RESOLUTION);
  }
}

/** The schedule is asked by the share of the training that is done, in steps this fine. */
const RESOLUTION = 1e9;

function stepFeeds({ feeds, index, targets, mask }: TrainingBatch): Feeds {
  return { ...feeds, listIndex: index, listTargets: targets, listMask: mask };
}

/** Equal for trainings that would do the same. */
function fingerprint({ folder: _, tensors, ...model }: TrainableModel, options: TrainOptions): string {
  const hash = createHash("sha256");
  for (const [name, { data }] of tensors) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const { loss, data, validation, epochs, maxSteps, learningRate, schedule, warmup, optimizer } = options;
  const { accumulate, loader, maxTokens, seed, threads, validateEvery } = options;
  const facts = {
    loss: loss.name,
    graph: createHash("sha256").update(model.training.model).digest("hex"),
    data: data.fingerprint(),
    validation: validation?.fingerprint(),
    ...{ epochs, maxSteps, learningRate, schedule, warmup, optimizer, accumulate, loader },
    ...{ maxTokens, seed, threads, validateEvery },
  };
  return hash.update(JSON.stringify(facts)).digest("hex");
}
