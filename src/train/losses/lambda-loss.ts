import type { Value } from "../../onnx/index.js";
import { meanOver, scale, softplus } from "./arithmetic.js";
import { type LambdaWeights, ndcgWeights, withinTop } from "./lambda-weights.js";
import type { Loss, LossInputs } from "./loss.js";
import { checkCutoff, checkFactor } from "./options.js";
import { differences, preferences } from "./pairs.js";
import { predictedRanks } from "./predicted-ranks.js";
import { between } from "./targets.js";

export interface LambdaLossOptions {
  /** Count the pairs with a document among the k that score best, and measure NDCG@k. Default: all. */
  readonly k?: number | undefined;
  /** Factor on differences of scores. Default: 1. */
  readonly sigma?: number | undefined;
}

export interface NdcgLoss2PlusPlusOptions extends LambdaLossOptions {
  /** Weight of the NDCGLoss2 part over the LambdaRank part. Default: 10. */
  readonly mu?: number | undefined;
}

/** LambdaLoss with the weights of LambdaRank: what NDCG changes by when two documents swap places. */
export function lambdaRank(options: LambdaLossOptions = {}): Loss {
  return lambdaLoss(
    "lambdarank",
    { swap: 1, gap: 0 },
    options,
    "pairs weighed by what a swap changes NDCG by",
  );
}

/** LambdaLoss with the weights of NDCGLoss2, which bounds NDCG more tightly than LambdaRank. */
export function ndcgLoss2(options: LambdaLossOptions = {}): Loss {
  return lambdaLoss("ndcg-loss2", { swap: 0, gap: 1 }, options, "pairs weighed by a bound on NDCG");
}

/** LambdaLoss with both: µ · NDCGLoss2 + LambdaRank. */
export function ndcgLoss2PlusPlus({ mu = 10, ...options }: NdcgLoss2PlusPlusOptions = {}): Loss {
  checkFactor("mu", mu);
  return lambdaLoss("ndcg-loss2++", { swap: 1, gap: mu }, options, "ndcg-loss2 and lambdarank together");
}

/**
 * The LambdaLoss framework: −w_ij · log₂ σ(sigma · (s_i − s_j)), averaged over the pairs with t_i > t_j of the
 * whole batch. Wang et al., "The LambdaLoss Framework for Ranking Metric Optimization" (CIKM 2018); weights,
 * cutoff and average as sentence-transformers' LambdaLoss has them. No gradient flows through the weights.
 */
function lambdaLoss(
  name: string,
  parts: LambdaWeights,
  { k, sigma = 1 }: LambdaLossOptions,
  help: string,
): Loss {
  checkFactor("sigma", sigma);
  if (k !== undefined) checkCutoff(k);
  const build = (inputs: LossInputs): Value => {
    const { graph, scores } = inputs;
    const ranks = predictedRanks(inputs);
    const weights = ndcgWeights(inputs, ranks, parts, k);
    const losses = softplus(graph, scale(graph, differences(graph, scores), -sigma));
    const bits = scale(graph, graph.op("Mul", [losses, weights]), 1 / Math.LN2);
    const pairs = preferences(inputs);
    const counted = k === undefined ? pairs : graph.op("Mul", [pairs, withinTop(graph, ranks, k)]);
    return meanOver(graph, bits, counted);
  };
  // A gain is 2^target − 1: a grade of 30 is already a thousand million.
  return { name, help, leastDocuments: 2, check: between(0, 30), build };
}
