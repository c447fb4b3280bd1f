import type { OptimizerSettings } from "./options.js";
import type { ParameterGroup } from "./parameter-groups.js";

/** What the AdamW kernel is told in one step, besides addresses; see {@link Kernels.adamw}. */
export interface AdamWStep {
  readonly firstRate: number;
  readonly secondKeep: number;
  readonly secondRate: number;
  readonly correction: number;
  readonly epsilon: number;
  /** One per parameter, in the order of the groups. */
  readonly parameters: readonly { readonly keep: number; readonly stepSize: number }[];
}

/** The numbers of step `step`, counted from 1. */
export function adamwStep(
  step: number,
  learningRate: number,
  groups: readonly ParameterGroup[],
  { betas: [beta1, beta2], epsilon, weightDecay }: OptimizerSettings,
): AdamWStep {
  return {
    firstRate: 1 - beta1,
    secondKeep: beta2,
    secondRate: 1 - beta2,
    correction: 1 / Math.sqrt(1 - beta2 ** step),
    epsilon,
    parameters: groups.map(({ decays, rateScale }) => {
      const rate = learningRate * rateScale;
      return { keep: decays ? 1 - rate * weightDecay : 1, stepSize: rate / (1 - beta1 ** step) };
    }),
  };
}
