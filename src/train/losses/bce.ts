import { meanOver, scale, softplus } from "./arithmetic.js";
import type { Loss, LossInputs } from "./loss.js";
import { checkFactor } from "./options.js";
import { between, zeroOrOne } from "./targets.js";

export interface BceOptions {
  /** How many times as much a relevant document counts as one that is not. Default: 1. */
  readonly positiveWeight?: number | undefined;
}

/**
 * Binary cross-entropy of σ(s) with labels y of 0 or 1, averaged over documents:
 * w·y·softplus(−s) + (1 − y)·softplus(s). As torch.nn.BCEWithLogitsLoss, whose `pos_weight` is w
 * (the average divides by the number of documents, not by the sum of their weights).
 */
export function bce({ positiveWeight = 1 }: BceOptions = {}): Loss {
  checkFactor("positiveWeight", positiveWeight);
  return {
    name: "bce",
    help: "binary cross-entropy with labels 0 and 1, document by document",
    leastDocuments: 1,
    check: zeroOrOne,
    build: (inputs) => crossEntropy(inputs, positiveWeight),
  };
}

/** Binary cross-entropy of σ(s) with probabilities y in [0, 1], averaged over documents; as `bce`. */
export function softBce(): Loss {
  return {
    name: "soft-bce",
    help: "binary cross-entropy with probabilities of relevance, document by document",
    leastDocuments: 1,
    check: between(0, 1),
    build: (inputs) => crossEntropy(inputs, 1),
  };
}

function crossEntropy({ graph, scores, targets, mask }: LossInputs, positiveWeight: number) {
  const missed = graph.op("Mul", [targets, softplus(graph, graph.op("Neg", [scores]))]);
  const others = graph.op("Sub", [graph.scalar(1), targets]);
  const raised = graph.op("Mul", [others, softplus(graph, scores)]);
  return meanOver(graph, graph.op("Add", [scale(graph, missed, positiveWeight), raised]), mask);
}
