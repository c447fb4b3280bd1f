import type { Graph } from "../graph.js";
import type { Value } from "../value.js";
import type { Gradient } from "./gradient.js";
import { expandLike } from "./match-shape.js";

type Rows = Extract<Gradient, { kind: "rows" }>;

/** The sum of two gradients of one value. Row gradients stay what they are as long as they are alone. */
export function plus(graph: Graph, a: Gradient, b: Gradient): Gradient {
  if (a.kind === "dense" && b.kind === "dense") {
    return { kind: "dense", value: graph.op("Add", [a.value, b.value]) };
  }
  if (a.kind === "rows" && b.kind === "rows") {
    return {
      kind: "rows",
      indices: graph.op("Concat", [a.indices, b.indices], { axis: 0 }),
      rows: graph.op("Concat", [a.rows, b.rows], { axis: 0 }),
    };
  }
  if (a.kind === "rows") return plus(graph, b, a);
  return { kind: "dense", value: addRows(graph, a.value, b as Rows) };
}

/** A gradient as one tensor of the shape of its value. */
export function dense(graph: Graph, gradient: Gradient, value: Value): Value {
  if (gradient.kind === "dense") return gradient.value;
  return addRows(graph, expandLike(graph, graph.scalar(0), value), gradient);
}

/** Adds rows to a tensor in the order in which they stand; ScatterND would add equal indices in any. */
function addRows(graph: Graph, whole: Value, { indices, rows }: Rows): Value {
  const [count] = indices.shape;
  const column = graph.reshape(indices, [count as string, ...rows.shape.slice(1).map(() => 1)]);
  const places = expandLike(graph, column, rows);
  return graph.op("ScatterElements", [whole, places, rows], { axis: 0, reduction: "add" });
}
