import { invalid } from "../../numbers/check.js";
import { StepRunner } from "../step/index.js";
import type { Task } from "./task.js";
import { initialWeights, type TrainableModel } from "./trainable-model.js";
import { Training } from "./training.js";
import type { TrainingOptions, TrainReport } from "./training-options.js";

/** Does a task from the beginning, or from where it was interrupted, to the end. */
export async function runTraining(
  task: Task,
  options: TrainingOptions & { readonly learningRate: number },
): Promise<TrainReport> {
  const { model } = task;
  const { optimizer, layerDecay, dropout, seed = 0, threads } = options;
  const runner = await StepRunner.open({
    training: model.training,
    forward: model.forward,
    weights: initialWeights(model),
    optimizer: { maxGradientNorm: 1, ...optimizer, ...(layerDecay !== undefined && { layerDecay }) },
    ...(dropout !== undefined && { dropout: { rate: dropout, seed } }),
    ...(threads !== undefined && { threads }),
  });
  try {
    return await new Training(task, runner, options).run();
  } finally {
    await runner.close();
  }
}

/** The longest sequence that is asked for. @throws RankwrightError INVALID_OPTION when the model reads less */
export function checkMaxTokens({ maxTokens: limit }: TrainableModel, maxTokens: number): number {
  if (maxTokens <= limit) return maxTokens;
  throw invalid("maxTokens", maxTokens, `the model reads at most ${limit}.`);
}
