import { RankwrightError, show } from "../../types/index.js";

/** Defaults are those of torch.optim.AdamW; clipping and averaging are off. */
export interface OptimizerOptions {
  /** β1 and β2, the decay rates of the two moments, each from 0 to below 1; 0.9 and 0.999. */
  readonly betas?: readonly [number, number];
  /** Added to √v after bias correction, above 0; 1e-8. */
  readonly epsilon?: number;
  /** Decoupled decay, at least 0, of all weights but biases and normalisation weights; 0.01. */
  readonly weightDecay?: number;
  /**
   * Layer-wise learning-rate decay, above 0 and at most 1: every layer learns at this share of the rate of the
   * layer above it, the embeddings below all layers, the head at the full rate. 1.
   */
  readonly layerDecay?: number;
  /** Longer gradients, all parameters taken together, are scaled down to this L2 norm; above 0. */
  readonly maxGradientNorm?: number;
  /**
   * Keeps an exponential moving average of the weights, e ← d·e + (1 − d)·w after every step, from the initial
   * weights on; d above 0 and below 1.
   */
  readonly averaging?: number;
  /**
   * What happens to rows of an embedding table whose tokens do not occur in a step: `update` lets their moments
   * decay and their weights follow, as torch.optim.AdamW does with a dense gradient; `leave` leaves them and
   * their moments alone, as torch.optim.SparseAdam does, and saves the time of passing over the whole table.
   * `update`.
   */
  readonly untouchedRows?: "update" | "leave";
}

export interface OptimizerSettings {
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly layerDecay: number;
  readonly maxGradientNorm: number | undefined;
  readonly averaging: number | undefined;
  readonly untouchedRows: "update" | "leave";
}

/** @throws RankwrightError INVALID_OPTION for a value outside its range */
export function optimizerSettings(options: OptimizerOptions = {}): OptimizerSettings {
  const settings: OptimizerSettings = {
    betas: options.betas ?? [0.9, 0.999],
    epsilon: options.epsilon ?? 1e-8,
    weightDecay: options.weightDecay ?? 0.01,
    layerDecay: options.layerDecay ?? 1,
    maxGradientNorm: options.maxGradientNorm,
    averaging: options.averaging,
    untouchedRows: options.untouchedRows ?? "update",
  };
  const { betas, epsilon, weightDecay, layerDecay, maxGradientNorm, averaging, untouchedRows } = settings;
  for (const [i, beta] of betas.entries())
    check(`betas[${i}]`, beta, beta >= 0 && beta < 1, "pass a number from 0 to below 1, such as 0.9");
  check("epsilon", epsilon, epsilon > 0, "pass a finite number above 0, such as 1e-8");
  check("weightDecay", weightDecay, weightDecay >= 0, "pass a finite number of at least 0, such as 0.01");
  check("layerDecay", layerDecay, layerDecay > 0 && layerDecay <= 1, "pass a number above 0 and at most 1");
  if (maxGradientNorm !== undefined)
    check("maxGradientNorm", maxGradientNorm, maxGradientNorm > 0, "pass a finite number above 0, such as 1");
  if (averaging !== undefined)
    check("averaging", averaging, averaging > 0 && averaging < 1, "pass a number above 0 and below 1");
  if (untouchedRows !== "update" && untouchedRows !== "leave")
    throw invalidOption("untouchedRows", untouchedRows, 'pass "update" or "leave"');
  return settings;
}

/** An INVALID_OPTION error whose message names the field, the value and the mend. */
export function invalidOption(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}: ${mend}`, { field, value });
}

function check(field: string, value: number, holds: boolean, mend: string): void {
  if (!Number.isFinite(value) || !holds) throw invalidOption(field, value, mend);
}
