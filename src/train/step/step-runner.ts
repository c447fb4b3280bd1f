import type { Feeds, Outputs } from "../../onnx/index.js";
import { sessionOptions } from "../../onnx/session-options.js";
import { adamwStep } from "../optimizer/adamw.js";
import { kernelModule } from "../optimizer/kernels.js";
import {
  invalidOption,
  type OptimizerOptions,
  type OptimizerSettings,
  optimizerSettings,
} from "../optimizer/options.js";
import { type ParameterGroup, parameterGroups } from "../optimizer/parameter-groups.js";
import { divergenceError } from "./divergence.js";
import { DropoutMasks, type DropoutOptions } from "./dropout-masks.js";
import {
  checkRows,
  checkSize,
  type MemoryLayout,
  memoryLayout,
  packRegion,
  type Slot,
  unpackRegion,
} from "./memory-layout.js";
import type { Region } from "./messages.js";
import type { StepOptions, StepResult } from "./step.js";
import type { Tensors, TrainingModel } from "./training-model.js";
import type { TrainingState } from "./training-state.js";
import { WorkerThread } from "./worker-thread.js";

export interface StepRunnerOptions {
  readonly training: TrainingModel;
  /** The initial value of every parameter; copied. */
  readonly weights: Tensors;
  readonly optimizer?: OptimizerOptions;
  /** An ONNX file, or its bytes, of the forward pass alone, with the same weights as inputs; for `forward`. */
  readonly forward?: string | Uint8Array;
  /** For graphs with masks; each step's follow from the seed and the number of the step alone. */
  readonly dropout?: DropoutOptions;
  /** Threads that ONNX Runtime computes with, at least 1; 2. */
  readonly threads?: number;
}

/**
 * Trains a graph step by step in a thread of its own. Weights, gradients and moments live there in one memory,
 * which ONNX Runtime and the optimiser use in place. Calls may overlap and are done in order; the same calls with
 * the same number of threads give the same bits.
 */
export class StepRunner {
  readonly #thread: WorkerThread;
  readonly #layout: MemoryLayout;
  readonly #groups: readonly ParameterGroup[];
  readonly #settings: OptimizerSettings;
  readonly #hasForward: boolean;
  readonly #masks: DropoutMasks;
  #steps = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    thread: WorkerThread,
    { training: { parameters }, forward }: StepRunnerOptions,
    layout: MemoryLayout,
    settings: OptimizerSettings,
    masks: DropoutMasks,
  ) {
    this.#thread = thread;
    this.#layout = layout;
    const names = parameters.map(({ name }) => name);
    this.#groups = parameterGroups(names, settings.layerDecay);
    this.#settings = settings;
    this.#hasForward = forward !== undefined;
    this.#masks = masks;
  }

  /** @throws RankwrightError INVALID_OPTION, MISSING_TENSOR, TENSOR_SHAPE, SESSION_FAILED */
  static async open(options: StepRunnerOptions): Promise<StepRunner> {
    const { training, weights, forward, threads = 2 } = options;
    const { model, loss, measures = [], parameters } = training;
    if (!Number.isSafeInteger(threads) || threads < 1)
      throw invalidOption("threads", threads, "pass a whole number of at least 1");
    const settings = optimizerSettings(options.optimizer);
    const masks = new DropoutMasks(training.masks ?? [], options.dropout);
    if (settings.untouchedRows === "leave") checkRows(parameters);
    const layout = memoryLayout(parameters);
    const regions: Region[] = ["weights", "gradients", "firstMoments", "secondMoments", "contributions"];
    if (settings.averaging !== undefined) regions.push("averages");
    checkSize(layout, regions.length);
    const initial = packRegion(weights, layout.slots);
    const thread = await WorkerThread.start({
      ...{ model, loss, measures, forward, layout, regions },
      kernels: kernelModule(),
      session: sessionOptions(threads),
    });
    const runner = new StepRunner(thread, options, layout, settings, masks);
    if (settings.averaging !== undefined) await runner.#write("averages", initial.slice());
    await runner.#write("weights", initial);
    return runner;
  }

  /** Updates done so far, those before an import included. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * One update, from the gradients of one or several micro-batches. The feeds are copied when the step begins.
   *
   * @throws RankwrightError TRAINING_DIVERGED when a loss or the gradient's norm is not finite: weights,
   *   moments and `steps` are then what they were; INVALID_OPTION, SESSION_FAILED
   */
  async step(feeds: readonly Feeds[], { learningRate, shares }: StepOptions): Promise<StepResult> {
    if (feeds.length === 0) throw invalidOption("feeds.length", 0, "pass at least one micro-batch");
    if (!Number.isFinite(learningRate) || learningRate < 0)
      throw invalidOption("learningRate", learningRate, "pass a finite number of at least 0");
    if (shares !== undefined && shares.length !== feeds.length)
      throw invalidOption("shares.length", shares.length, `pass one share for each of ${feeds.length} feeds`);
    for (const [i, share] of shares?.entries() ?? [])
      if (!Number.isFinite(share) || share <= 0)
        throw invalidOption(`shares[${i}]`, share, "pass a finite number above 0");
    const { maxGradientNorm, averaging, untouchedRows } = this.#settings;
    return this.#inTurn(async () => {
      const adamw = adamwStep(this.#steps + 1, learningRate, this.#groups, this.#settings);
      const batches = feeds.map((each, i) => ({
        feeds: each,
        share: shares?.[i] ?? 1 / feeds.length,
        masks: this.#masks.slices(this.#steps + 1, i, each),
      }));
      const maskNumbers = this.#masks.extend(batches.flatMap(({ masks }) => masks));
      const request = { batches, maskNumbers, adamw, maxGradientNorm, averaging, untouchedRows };
      const reply = await this.#thread.request("step", request);
      if ("diverged" in reply) throw divergenceError(reply, this.#steps + 1);
      this.#steps++;
      return reply;
    });
  }

  /**
   * Runs the graph of the forward pass, with the weights as they are or with their moving average, and returns
   * all its outputs. The feeds are copied.
   *
   * @throws RankwrightError INVALID_OPTION, SESSION_FAILED
   */
  async forward(feeds: Feeds, { averaged = false }: WeightsOptions = {}): Promise<Outputs> {
    if (!this.#hasForward) throw invalidOption("forward", undefined, "pass the forward graph when opening");
    const region = this.#weightRegion(averaged);
    return this.#inTurn(() => this.#thread.request("forward", { feeds, region }));
  }

  /** A copy of the weights, or of their moving average. */
  async weights({ averaged = false }: WeightsOptions = {}): Promise<Tensors> {
    const region = this.#weightRegion(averaged);
    return this.#inTurn(() => this.#read(region));
  }

  /** A copy of all that `importState` needs to continue bit for bit, as it is between two steps. */
  async exportState(): Promise<TrainingState> {
    return this.#inTurn(async () => ({
      steps: this.#steps,
      weights: await this.#read("weights"),
      firstMoments: await this.#read("firstMoments", true),
      secondMoments: await this.#read("secondMoments", true),
      ...(this.#settings.averaging === undefined ? {} : { averages: await this.#read("averages") }),
    }));
  }

  /**
   * Takes over what `exportState` gave. Averages, if kept, start from the weights when the state has none.
   *
   * @throws RankwrightError MISSING_TENSOR, TENSOR_SHAPE, INVALID_OPTION; nothing has changed then
   */
  async importState({ steps, weights, averages, ...moments }: TrainingState): Promise<void> {
    if (!Number.isSafeInteger(steps) || steps < 0)
      throw invalidOption("steps", steps, "pass a whole number of at least 0");
    const { slots } = this.#layout;
    const regions: [Region, Float32Array<ArrayBuffer>][] = [
      ["weights", packRegion(weights, slots)],
      ["firstMoments", packRegion(moments.firstMoments, this.#trained)],
      ["secondMoments", packRegion(moments.secondMoments, this.#trained)],
    ];
    if (this.#settings.averaging !== undefined)
      regions.push(["averages", packRegion(averages ?? weights, slots)]);
    await this.#inTurn(async () => {
      for (const [region, data] of regions) await this.#write(region, data);
      this.#steps = steps;
    });
  }

  /** Ends the thread at once; a step under way is lost. */
  async close(): Promise<void> {
    await this.#thread.close();
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result;
    // Whoever called hears of it; the queue goes on.
    result.catch(() => {});
    return result;
  }

  get #trained(): readonly Slot[] {
    return this.#layout.slots.filter(({ parameter }) => parameter.gradient !== undefined);
  }

  #weightRegion(averaged: boolean): "weights" | "averages" {
    if (averaged && this.#settings.averaging === undefined)
      throw invalidOption(
        "averaged",
        averaged,
        "there is an average only with the optimizer option averaging",
      );
    return averaged ? "averages" : "weights";
  }

  async #read(region: Region, trainedOnly = false): Promise<Tensors> {
    const length = trainedOnly ? this.#layout.trainedSize : this.#layout.size;
    const data = await this.#thread.request("read", { region, length });
    return unpackRegion(data, trainedOnly ? this.#trained : this.#layout.slots);
  }

  async #write(region: Region, data: Float32Array<ArrayBuffer>): Promise<void> {
    await this.#thread.request("write", { region, data }, [data.buffer]);
  }
}

export interface WeightsOptions {
  /** The moving average instead of the weights themselves; false. */
  readonly averaged?: boolean;
}
