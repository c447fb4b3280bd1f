import type { Feeds, Outputs } from "../../onnx/index.js";
import type { DataPosition } from "../data/index.js";
import type { Progress } from "./progress.js";
import type { TrainableModel } from "./trainable-model.js";

/** What is learned: everything in which trainings differ from each other. */
export interface Task {
  readonly model: TrainableModel;
  /** Examples of all epochs. */
  readonly examples: number;
  /** The batches that follow where a training is. */
  batches(progress: Progress): AsyncIterable<TaskBatch>;
  /** Measures quality on held-out data; undefined where there is nothing to measure it on. */
  validate(forward: Forward): Promise<Validation | undefined>;
  /** Whether one validation is better than another. */
  better(value: number, than: number): boolean;
  /** All that the outcome depends on besides model and options, for JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What one step takes. */
export interface TaskBatch {
  readonly feeds: Feeds;
  /** What the loss is a mean over: the share in an update of several batches goes by it. */
  readonly weight: number;
  /** What this batch adds. */
  readonly seen: Progress["seen"];
  /** The position after it. */
  readonly next: DataPosition;
}

export interface Validation {
  readonly value: number;
  /** Share of masked tokens guessed right; of pre-training. */
  readonly accuracy?: number | undefined;
}

/** The model's forward pass with the weights as they are. */
export type Forward = (feeds: Feeds) => Promise<Outputs>;
