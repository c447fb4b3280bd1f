import type { Graph, Value } from "../../onnx/index.js";
import { FAR, sumOfLast, toFloat } from "./arithmetic.js";
import type { LossInputs } from "./loss.js";
import { asFirst, asSecond } from "./pairs.js";

function whereDocument(graph: Graph, values: Value, mask: Value, otherwise: number): Value {
  const isDocument = graph.op("Greater", [mask, graph.scalar(0)]);
  return graph.op("Where", [isDocument, values, graph.scalar(otherwise)]);
}

/** log softmax over the documents of each list, [Q, L]; about −1e30 in the padding. */
export function logSoftmax(graph: Graph, values: Value, mask: Value): Value {
  return graph.op("LogSoftmax", [whereDocument(graph, values, mask, -FAR)]);
}

/** 1 for a list with two targets that differ, 0 for one that prefers nothing: [Q, 1]. */
export function hasPreference({ graph, targets, mask }: LossInputs): Value {
  const highest = graph.op("ReduceMax", [whereDocument(graph, targets, mask, -FAR)], { axes: [1] });
  const lowest = graph.op("ReduceMin", [whereDocument(graph, targets, mask, FAR)], { axes: [1] });
  return toFloat(graph, graph.op("Greater", [highest, lowest]));
}

/** How many documents of a list have a higher target than each of them, and how many the same, itself included. */
export interface TargetCounts {
  /** [Q, L] */
  readonly higher: Value;
  /** [Q, L] */
  readonly same: Value;
}

export function countTargets({ graph, targets, mask }: LossInputs): TargetCounts {
  const counted = asSecond(graph, mask);
  const count = (op: "Greater" | "Equal") => {
    const compared = graph.op(op, [asSecond(graph, targets), asFirst(graph, targets)]);
    return sumOfLast(graph, graph.op("Mul", [toFloat(graph, compared), counted]));
  };
  return { higher: count("Greater"), same: count("Equal") };
}

/** The rank that each document's target gives it, 1 for the highest; tied documents share the average. [Q, L] */
export function targetRanks(inputs: LossInputs): Value {
  const { graph } = inputs;
  const { higher, same } = countTargets(inputs);
  const middle = graph.op("Mul", [graph.op("Add", [same, graph.scalar(1)]), graph.scalar(0.5)]);
  return graph.op("Add", [higher, middle]);
}
