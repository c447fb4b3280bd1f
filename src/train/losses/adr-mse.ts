import type { Value } from "../../onnx/index.js";
import { meanOver, scale, softplus, sumOfLast, toFloat } from "./arithmetic.js";
import { hasPreference, targetRanks } from "./lists.js";
import type { Loss, LossInputs } from "./loss.js";
import { checkFactor } from "./options.js";
import { asFirst, asSecond, differences } from "./pairs.js";
import { finite } from "./targets.js";

export interface AdrMseOptions {
  /** Factor on differences of scores: the higher, the closer approximate ranks come to ranks. Default: 1. */
  readonly alpha?: number | undefined;
}

/**
 * Approximate discounted rank mean squared error: (r_i − r̂_i)² / log₂(r_i + 1), averaged over documents, where
 * r is the rank by target (tied documents share the average) and r̂_i = 1 + Σ_{j≠i} σ(alpha · (s_j − s_i)) the
 * approximate rank by score. Schlatt et al., "Rank-DistiLLM", 2405.07920, as sentence-transformers' ADRMSELoss.
 * A list of equal targets adds nothing and is not counted.
 */
export function adrMse({ alpha = 1 }: AdrMseOptions = {}): Loss {
  checkFactor("alpha", alpha);
  return {
    name: "adr-mse",
    help: "squared error of approximate ranks, the top of the list above all",
    leastDocuments: 2,
    check: finite,
    build(inputs) {
      const { graph, mask } = inputs;
      const errors = rankErrors(inputs, alpha);
      const log = graph.op("Log", [graph.op("Add", [targetRanks(inputs), graph.scalar(1)])]);
      const squares = scale(graph, graph.op("Mul", [errors, errors]), Math.LN2);
      const counted = graph.op("Mul", [mask, hasPreference(inputs)]);
      return meanOver(graph, graph.op("Div", [squares, log]), counted);
    },
  };
}

/**
 * r_i − r̂_i, [Q, L], as a sum of terms that are small where the order is right and keep their digits there:
 * Σ_j p_ij · σ(x_ij) − (1 − p_ij) · σ(−x_ij), where x_ij = alpha · (s_i − s_j), and p_ij is 1 where t_j > t_i and
 * ½ where they are equal.
 */
function rankErrors({ graph, scores, targets, mask }: LossInputs, alpha: number): Value {
  const compare = (op: "Greater" | "Equal", values: Value) =>
    toFloat(graph, graph.op(op, [asSecond(graph, values), asFirst(graph, values)]));
  const tied = compare("Equal", targets);
  const below = graph.op("Add", [compare("Greater", targets), scale(graph, tied, 0.5)]);
  const above = graph.op("Sub", [graph.scalar(1), below]);
  const ahead = differences(graph, scores);
  const sigmoid = (factor: number) =>
    graph.op("Exp", [scale(graph, softplus(graph, scale(graph, ahead, -factor)), -1)]);
  const tooHigh = graph.op("Mul", [below, sigmoid(alpha)]);
  const tooLow = graph.op("Mul", [above, sigmoid(-alpha)]);
  // A document and itself, or its double: such terms are 0 and their gradients cancel, but would leave
  // rounding errors larger than what the others add up to.
  const double = graph.op("Mul", [tied, compare("Equal", scores)]);
  const others = graph.op("Mul", [graph.op("Sub", [graph.scalar(1), double]), asSecond(graph, mask)]);
  return sumOfLast(graph, graph.op("Mul", [graph.op("Sub", [tooHigh, tooLow]), others]));
}
