import type { Graph, Value } from "../../onnx/index.js";
import { scale, toFloat } from "./arithmetic.js";
import type { LossInputs } from "./loss.js";

/** Documents' values as the first of a pair: [Q, L] → [Q, L, 1]. */
export function asFirst(graph: Graph, values: Value): Value {
  return graph.reshape(values, [...values.shape, 1]);
}

/** Documents' values as the second of a pair: [Q, L] → [Q, 1, L]. */
export function asSecond(graph: Graph, values: Value): Value {
  const [queries = 1, documents = 1] = values.shape;
  return graph.reshape(values, [queries, 1, documents]);
}

/** What stands in first place of each list: [Q, L] → [Q, 1]. */
export function firstOf(graph: Graph, values: Value, mask: Value): Value {
  // Zeros for as many lists as there are, made from what is never NaN.
  const zeros = scale(graph, graph.op("ReduceMin", [mask], { axes: [1] }), 0);
  const places = graph.op("Cast", [zeros], { to: "int64" });
  return graph.op("GatherElements", [values, places], { axis: 1 });
}

/** x_i − x_j, [Q, L, L]. */
export function differences(graph: Graph, values: Value): Value {
  return graph.op("Sub", [asFirst(graph, values), asSecond(graph, values)]);
}

/** 1 where both are documents and the first has the higher target, else 0: [Q, L, L]. */
export function preferences({ graph, targets, mask }: LossInputs): Value {
  const higher = graph.op("Greater", [asFirst(graph, targets), asSecond(graph, targets)]);
  const both = graph.op("Mul", [asFirst(graph, mask), asSecond(graph, mask)]);
  return graph.op("Mul", [toFloat(graph, higher), both]);
}
