import { meanOver, softplus } from "./arithmetic.js";
import { targetRanks } from "./lists.js";
import type { Loss } from "./loss.js";
import { asFirst, asSecond, differences, preferences } from "./pairs.js";
import { finite } from "./targets.js";

export interface RankNetOptions {
  /**
   * Weigh each pair by 1/(r_i + r_j), r being the ranks that the targets give, so that the top of the list
   * counts most. As FIRST does, 2406.15657. Default: false.
   */
  readonly rankWeights?: boolean | undefined;
}

/**
 * RankNet: softplus(−(s_i − s_j)), averaged over the pairs with t_i > t_j of the whole batch; ties are skipped.
 * Burges et al., "Learning to Rank using Gradient Descent" (2005), as sentence-transformers' RankNetLoss with
 * natural logarithms.
 */
export function rankNet({ rankWeights = false }: RankNetOptions = {}): Loss {
  return {
    name: "ranknet",
    help: "logistic loss of every pair of documents in the wrong order",
    leastDocuments: 2,
    check: finite,
    build(inputs) {
      const { graph, scores } = inputs;
      const gaps = graph.op("Neg", [differences(graph, scores)]);
      const losses = softplus(graph, gaps);
      if (!rankWeights) return meanOver(graph, losses, preferences(inputs));
      const ranks = targetRanks(inputs);
      const sums = graph.op("Add", [asFirst(graph, ranks), asSecond(graph, ranks)]);
      const weights = graph.op("Div", [graph.scalar(1), sums]);
      return meanOver(graph, graph.op("Mul", [losses, weights]), preferences(inputs));
    },
  };
}
