import type { OptimizerOptions, ScheduleOptions } from "../optimizer/index.js";
import type { CurvePoint, Progress } from "./progress.js";

/** Options of every training, whatever is learned. */
export interface TrainingOptions {
  /** Folder of the trained model; checkpoints go into its `checkpoints`. */
  readonly out: string;
  /** Passes over the data. Default: 1. */
  readonly epochs?: number | undefined;
  /** End after so many updates at the latest. Default: no limit. */
  readonly maxSteps?: number | undefined;
  /** Peak. Default: 2e-5; 5e-4 for pre-training. */
  readonly learningRate?: number | undefined;
  /** Default: linear. */
  readonly schedule?: ScheduleOptions["kind"] | undefined;
  /** Share of the training in which the rate rises, from 0 to below 1. Default: 0.1. */
  readonly warmup?: number | undefined;
  /** Default: clipping at 1, decay 0.01, no averaging. */
  readonly optimizer?: OptimizerOptions | undefined;
  /**
   * Layer-wise rates, above 0 and at most 1: layer n of N learns at this to the power of N − n (counted from 0)
   * of the rate, the embeddings slowest, the head at the full rate. Default: the optimiser's `layerDecay`, 1.
   */
  readonly layerDecay?: number | undefined;
  /**
   * Probability that a number is dropped where attention and feed-forward layers join what they are added to,
   * from 0 to below 1. While training only. Default: 0.
   */
  readonly dropout?: number | undefined;
  /** Batches whose gradients make one update. Default: 1. */
  readonly accumulate?: number | undefined;
  /** Longest sequence. Limit: the model's own. Default: the limit; 128 for pre-training. */
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
  /** What one should know although the training succeeded, a sentence each. */
  readonly warnings: readonly string[];
}
