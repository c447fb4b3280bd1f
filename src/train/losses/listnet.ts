import { meanOver, scale, sumOfLast } from "./arithmetic.js";
import { hasPreference, logSoftmax } from "./lists.js";
import type { Loss } from "./loss.js";
import { checkFactor } from "./options.js";
import { finite } from "./targets.js";

export interface ListNetOptions {
  /** What targets are divided by: below 1 sharpens their distribution. Default: 1. */
  readonly temperature?: number | undefined;
}

/**
 * ListNet: the cross-entropy −Σ_i softmax(t/T)_i · log softmax(s)_i, averaged over queries. Cao et al.,
 * "Learning to Rank: From Pairwise Approach to Listwise Approach" (ICML 2007, top-one probabilities), as
 * sentence-transformers' ListNetLoss. A list of equal targets adds nothing and is not counted.
 */
export function listNet({ temperature = 1 }: ListNetOptions = {}): Loss {
  checkFactor("temperature", temperature);
  return {
    name: "listnet",
    help: "cross-entropy of the scores' softmax with that of the targets",
    leastDocuments: 2,
    check: finite,
    build(inputs) {
      const { graph, scores, targets, mask } = inputs;
      const wanted = graph.op("Exp", [logSoftmax(graph, scale(graph, targets, 1 / temperature), mask)]);
      const terms = graph.op("Mul", [wanted, logSoftmax(graph, scores, mask)]);
      return meanOver(graph, scale(graph, sumOfLast(graph, terms), -1), hasPreference(inputs));
    },
  };
}
