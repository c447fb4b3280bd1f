import { join } from "node:path";
import { abortedError } from "../../files/aborted-error.js";
import { writeFile } from "../../files/write-file.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { RankwrightError } from "../../types/index.js";
import { FIRST_POSITION } from "../data/index.js";
import { learningRateSchedule, type Schedule } from "../optimizer/index.js";
import type { StepRunner, Tensors } from "../step/index.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
import { fingerprint } from "./fingerprint.js";
import type { CurvePoint, Progress } from "./progress.js";
import { saveModel } from "./save-model.js";
import type { Task, TaskBatch } from "./task.js";
import { readTensors } from "./trainable-model.js";
import type { TrainingOptions, TrainReport } from "./training-options.js";

const DEFAULT_EVERY = 200;

/** One training: steps, validations and checkpoints until the end. */
export class Training {
  readonly #task: Task;
  readonly #runner: StepRunner;
  readonly #options: TrainingOptions & { readonly learningRate: number };
  readonly #checkpoints: string;
  readonly #best: string;
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #schedule: Schedule;
  #progress: Progress;
  #sinceBest = 0;

  constructor(task: Task, runner: StepRunner, options: TrainingOptions & { readonly learningRate: number }) {
    this.#task = task;
    this.#runner = runner;
    this.#options = options;
    this.#checkpoints = join(options.out, "checkpoints");
    this.#best = join(this.#checkpoints, "best");
    this.#shapes = new Map(task.model.training.parameters.map(({ name, shape }) => [name, shape]));
    const { schedule: kind = "linear", warmup = 0.1 } = options;
    this.#schedule = learningRateSchedule({ kind, steps: RESOLUTION, ...(warmup > 0 && { warmup }) });
    this.#progress = {
      fingerprint: fingerprint(task, options),
      position: FIRST_POSITION,
      curve: [],
      running: NOTHING_RUN,
      seen: { examples: 0, pairs: 0, tokens: 0 },
      trainedMs: 0,
    };
  }

  async run(): Promise<TrainReport> {
    const { accumulate = 1, maxSteps = Number.POSITIVE_INFINITY, resume } = this.#options;
    if (resume) await this.#resume();
    let ended: TrainReport["ended"] = "done";
    let pending: TaskBatch[] = [];
    // An abort is answered between steps, where the state can be saved.
    for await (const batch of this.#task.batches(this.#progress)) {
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
    const { warnings } = this.#task.model;
    return { steps: this.#runner.steps, curve, best, seen, trainedMs, ended, warnings };
  }

  async #step(batches: readonly TaskBatch[]): Promise<void> {
    const { signal, onProgress } = this.#options;
    if (signal?.aborted) await this.#saveAndThrow(abortedError(signal));
    const begin = performance.now();
    const learningRate = this.#learningRate();
    const total = batches.reduce((sum, { weight }) => sum + weight, 0);
    const result = await this.#runner
      .step(
        batches.map(({ feeds }) => feeds),
        { learningRate, shares: batches.map(({ weight }) => weight / total) },
      )
      .catch((error: unknown) => this.#saveAndThrow(error));
    const { running, seen, trainedMs } = this.#progress;
    this.#progress = {
      ...this.#progress,
      position: (batches.at(-1) as TaskBatch).next,
      running: {
        steps: running.steps + 1,
        loss: running.loss + result.loss,
        gradientNorm: running.gradientNorm + result.gradientNorm,
        accuracy: running.accuracy + (result.measures[0] ?? 0),
      },
      seen: batches.reduce(
        (sum, { seen: more }) => ({
          examples: sum.examples + more.examples,
          pairs: sum.pairs + more.pairs,
          tokens: sum.tokens + more.tokens,
        }),
        seen,
      ),
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
    const { running, curve, best } = this.#progress;
    if (running.steps === 0) return;
    const averaged = this.#options.optimizer?.averaging !== undefined;
    const { value, accuracy } =
      (await this.#task.validate((feeds) => this.#runner.forward(feeds, { averaged }))) ?? {};
    const point: CurvePoint = {
      step: this.#runner.steps,
      loss: running.loss / running.steps,
      ...(this.#task.model.training.measures && { accuracy: running.accuracy / running.steps }),
      learningRate: this.#learningRate(),
      gradientNorm: running.gradientNorm / running.steps,
      ...(value !== undefined && { validation: value }),
      ...(accuracy !== undefined && { validationAccuracy: accuracy }),
    };
    this.#progress = { ...this.#progress, curve: [...curve, point], running: NOTHING_RUN };
    if (value === undefined) return;
    if (best !== undefined && !this.#task.better(value, best.value)) {
      this.#sinceBest++;
      return;
    }
    this.#sinceBest = 0;
    this.#progress = { ...this.#progress, best: { step: this.#runner.steps, value } };
    await this.#saveModel(this.#best, await this.#weights());
  }

  async #finish(): Promise<void> {
    await this.#measure();
    await this.#save();
    const { best } = this.#progress;
    const weights =
      best === undefined || best.step === this.#runner.steps
        ? await this.#weights()
        : await this.#bestWeights();
    await this.#saveModel(this.#options.out, weights);
  }

  async #saveModel(folder: string, weights: Tensors): Promise<void> {
    const { model } = this.#task;
    const copies = [...model.copies].flatMap(([copy, name]) => {
      const data = weights.get(name);
      return data === undefined ? [] : [[copy, data] as const];
    });
    await saveModel(folder, model, new Map([...weights, ...copies]));
    if (model.config === undefined) return;
    await writeFile(join(folder, "config.json"), `${JSON.stringify(model.config, undefined, 2)}\n`);
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
    return Math.min(1, this.#progress.seen.examples / this.#task.examples);
  }

  #learningRate(): number {
    return this.#options.learningRate * this.#schedule(this.#done() * RESOLUTION);
  }
}

/** The schedule is asked by the share of the training that is done, in steps this fine. */
const RESOLUTION = 1e9;

const NOTHING_RUN: Progress["running"] = { steps: 0, loss: 0, gradientNorm: 0, accuracy: 0 };
