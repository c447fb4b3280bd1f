import type { Value } from "../../onnx/index.js";
import { sumOfLast, toFloat } from "./arithmetic.js";
import type { LossInputs } from "./loss.js";
import { asFirst, asSecond } from "./pairs.js";

/**
 * The rank that each document's score gives it, 1 for the highest, [Q, L]. Documents with equal scores stand in
 * the wrong order, lowest target first, so that a model that gives one score to all still learns; those with
 * equal targets too share the average. The order of a list therefore plays no part. Comparisons let no gradient
 * through.
 */
export function predictedRanks({ graph, scores, targets, mask }: LossInputs): Value {
  const compare = (op: "Greater" | "Equal" | "Less", values: Value) =>
    toFloat(graph, graph.op(op, [asSecond(graph, values), asFirst(graph, values)]));
  const half = graph.scalar(0.5);
  const sameTarget = graph.op("Mul", [compare("Equal", targets), half]);
  const tied = graph.op("Mul", [
    compare("Equal", scores),
    graph.op("Add", [compare("Less", targets), sameTarget]),
  ]);
  const above = graph.op("Add", [compare("Greater", scores), tied]);
  const before = sumOfLast(graph, graph.op("Mul", [above, asSecond(graph, mask)]));
  // A document ties with itself and has counted itself as one half.
  return graph.op("Add", [before, half]);
}
