import type { Graph, Value } from "../../onnx/index.js";
import { FAR, softplus, sumOfLast } from "./arithmetic.js";

/**
 * −log of the probability that a document is chosen among itself and its rivals by a softmax of scores,
 * softplus(log Σ_k rivals_ik · exp(s_k − s_i)); 0 for a document without rivals.
 *
 * @param own s_i, [Q, I, 1]
 * @param scores s_k, [Q, 1, L]
 * @param rivals 1 or 0, [Q, I, L]; no document is its own rival
 * @returns [Q, I]
 */
export function lossAgainstRivals(graph: Graph, own: Value, scores: Value, rivals: Value): Value {
  const isRival = graph.op("Greater", [rivals, graph.scalar(0)]);
  const ahead = graph.op("Where", [isRival, graph.op("Sub", [scores, own]), graph.scalar(-FAR)]);
  // The log of the sum does not depend on what is taken out of it, so neither does the gradient.
  const most = graph.op("StopGradient", [graph.op("ReduceMax", [ahead], { axes: [2] })]);
  const sum = sumOfLast(graph, graph.op("Exp", [graph.op("Sub", [ahead, most])]));
  const highest = graph.reshape(most, own.shape.slice(0, 2));
  return softplus(graph, graph.op("Add", [highest, graph.op("Log", [sum])]));
}
