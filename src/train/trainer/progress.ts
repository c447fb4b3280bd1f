import type { DataPosition } from "../data/index.js";

/** One point of the training's curve. */
export interface CurvePoint {
  /** Updates done. */
  readonly step: number;
  /** Mean training loss since the point before. */
  readonly loss: number;
  /** Of pre-training: share of the masked tokens guessed right, since the point before. */
  readonly accuracy?: number | undefined;
  readonly learningRate: number;
  /** Mean length of the gradient before clipping, since the point before. */
  readonly gradientNorm: number;
  /** nDCG@10 on held-out examples, or the loss of pre-training on held-out texts, where it was measured. */
  readonly validation?: number | undefined;
  /** Of pre-training: share of the masked tokens guessed right in held-out texts. */
  readonly validationAccuracy?: number | undefined;
}

/** How far a training is: everything besides tensors that it continues from. */
export interface Progress {
  /** Changes when data or options change, so that a resumed training is the same training. */
  readonly fingerprint: string;
  /** Where the next batch is read. */
  readonly position: DataPosition;
  readonly curve: readonly CurvePoint[];
  /** Sums since the last point of the curve. */
  readonly running: {
    readonly steps: number;
    readonly loss: number;
    readonly gradientNorm: number;
    readonly accuracy: number;
  };
  /** The best validation so far, and at which step. */
  readonly best?: { readonly step: number; readonly value: number } | undefined;
  /** Examples, pairs (sequences of pre-training) and tokens so far. */
  readonly seen: { readonly examples: number; readonly pairs: number; readonly tokens: number };
  /** Training time so far, in milliseconds, validation and checkpoints excluded. */
  readonly trainedMs: number;
}
