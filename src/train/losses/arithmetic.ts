import type { Graph, Value } from "../../onnx/index.js";

/** Beyond every score, yet far enough from overflow that a difference of two is finite. */
export const FAR = 1e30;

/** factor · values */
export function scale(graph: Graph, values: Value, factor: number): Value {
  return factor === 1 ? values : graph.op("Mul", [values, graph.scalar(factor)]);
}

/** log(1 + eˣ) */
export function softplus(graph: Graph, x: Value): Value {
  return graph.op("Softplus", [x]);
}

/** 1 where the condition holds, else 0. */
export function toFloat(graph: Graph, condition: Value): Value {
  return graph.op("Cast", [condition], { to: "float32" });
}

/** Sums over the last axis, [Q, L] → [Q, 1] or [Q, L, L] → [Q, L]. */
export function sumOfLast(graph: Graph, values: Value): Value {
  const keepdims = values.shape.length > 2 ? 0 : 1;
  return graph.op("ReduceSum", [values], { axes: [values.shape.length - 1], keepdims });
}

/** max(low, values) */
export function atLeast(graph: Graph, low: number, values: Value): Value {
  const bound = graph.scalar(low);
  return graph.op("Add", [graph.op("Relu", [graph.op("Sub", [values, bound])]), bound]);
}

/** A scalar. Sums of sums, since the runtime adds one number after the other and rounds each time. */
export function sumOfAll(graph: Graph, values: Value): Value {
  const rows = sumOfLast(graph, values);
  const lists = values.shape.length > 2 ? sumOfLast(graph, rows) : rows;
  return graph.op("ReduceSum", [lists], { keepdims: 0 });
}

/** The mean of `terms` where `counted` is 1, not 0; 0 where it is 1 nowhere. A scalar. */
export function meanOver(graph: Graph, terms: Value, counted: Value): Value {
  const sum = sumOfAll(graph, graph.op("Mul", [terms, counted]));
  return graph.op("Div", [sum, atLeast(graph, 1, sumOfAll(graph, counted))]);
}
