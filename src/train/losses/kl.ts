import { meanOver, scale, sumOfLast } from "./arithmetic.js";
import { hasPreference, logSoftmax } from "./lists.js";
import type { Loss } from "./loss.js";
import { checkFactor } from "./options.js";
import { finite } from "./targets.js";

export interface KlOptions {
  /** What a teacher's scores and the model's are divided by: above 1 flattens both. Default: 1. */
  readonly temperature?: number | undefined;
}

/**
 * KL(softmax(t/T) ‖ softmax(s/T)) · T², averaged over queries. Hinton, Vinyals and Dean, "Distilling the Knowledge
 * in a Neural Network", 1503.02531; T² keeps gradients of one size whatever T. A list of equal targets adds
 * nothing and is not counted.
 */
export function kl({ temperature = 1 }: KlOptions = {}): Loss {
  checkFactor("temperature", temperature);
  return {
    name: "kl",
    help: "Kullback–Leibler divergence from a teacher's softmax over a list",
    leastDocuments: 2,
    check: finite,
    build(inputs) {
      const { graph, scores, targets, mask } = inputs;
      const wanted = logSoftmax(graph, scale(graph, targets, 1 / temperature), mask);
      const given = logSoftmax(graph, scale(graph, scores, 1 / temperature), mask);
      const terms = graph.op("Mul", [graph.op("Exp", [wanted]), graph.op("Sub", [wanted, given])]);
      return meanOver(graph, scale(graph, sumOfLast(graph, terms), temperature ** 2), hasPreference(inputs));
    },
  };
}
