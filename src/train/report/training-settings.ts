import { optimizerSettings } from "../optimizer/index.js";
import { PRETRAINING_RATE, type PretrainOptions } from "../trainer/pretrain.js";
import { TRAINING_RATE, type TrainOptions } from "../trainer/train.js";

/** The options of a training with the defaults that held, as text, in the order in which they are listed. */
export function trainingSettings(
  options: TrainOptions | PretrainOptions,
): { readonly name: string; readonly value: string }[] {
  const usualRate = "loss" in options ? TRAINING_RATE : PRETRAINING_RATE;
  const { epochs = 1, maxSteps, learningRate = usualRate, schedule = "linear", warmup = 0.1 } = options;
  const { optimizer, dropout = 0, accumulate = 1, loader = {}, maxTokens, seed = 0, threads = 2 } = options;
  const { betas, epsilon, weightDecay, maxGradientNorm, averaging, ...more } = optimizerSettings({
    maxGradientNorm: 1,
    ...optimizer,
  });
  const { layerDecay = more.layerDecay } = options;
  const { batchTokens = 4096, batchExamples } = loader;
  const rows: (readonly [string, string | number | undefined])[] = [
    ["Epochs", epochs],
    ["Updates at most", maxSteps],
    [
      "Learning rate",
      `${learningRate}, ${schedule}, warm-up over ${(100 * warmup).toFixed(0)} % of the training`,
    ],
    ["Optimiser", `AdamW, β₁ ${betas[0]}, β₂ ${betas[1]}, ε ${epsilon}, weight decay ${weightDecay}`],
    ["Layer-wise decay of the rate", layerDecay === 1 ? undefined : layerDecay],
    ["Dropout", dropout === 0 ? undefined : dropout],
    ["Gradients clipped at", maxGradientNorm],
    ["Moving average of the weights", averaging],
    ["Batch", batch(batchTokens, batchExamples, accumulate)],
    ...("loss" in options
      ? ([["Documents of an example at most", options.loader?.maxDocuments]] as const)
      : masking(options.loader)),
    ["Longest input", maxTokens === undefined ? undefined : `${maxTokens} tokens`],
    ["Seed", seed],
    ["Threads", threads],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }]));
}

function masking({ share = 0.15, wholeWords = true, pairs = true }: PretrainOptions["loader"] = {}) {
  const what = wholeWords ? "whole words" : "tokens one by one";
  return [
    ["Masked", `${Number((100 * share).toFixed(2))} % of the tokens, ${what}`],
    ["Sequences", pairs ? "a query or title in front of its text, where there is one" : "texts alone"],
  ] as const;
}

function batch(tokens: number, examples: number | undefined, accumulate: number): string {
  const size = `at most ${tokens} tokens${examples === undefined ? "" : ` and ${examples} examples`}`;
  return accumulate === 1 ? size : `${accumulate} × ${size}`;
}
