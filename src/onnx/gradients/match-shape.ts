import type { Graph } from "../graph.js";
import type { Shape, Value } from "../value.js";
import { sumRows } from "./sum-rows.js";

/**
 * A gradient in the shape of the value that it belongs to: summed along axes that the forward pass
 * broadcast, expanded along those that it summed.
 */
export function matchShape(graph: Graph, gradient: Value, value: Value): Value {
  const flat = withoutLeading(graph, gradient, gradient.shape.length - value.shape.length);
  const offset = value.shape.length - flat.shape.length;
  const stretched = [...flat.shape.keys()].filter(
    (axis) => value.shape[axis + offset] === 1 && flat.shape[axis] !== 1,
  );
  const summed =
    stretched.length === 0 ? flat : graph.op("ReduceSum", [flat], { axes: stretched, keepdims: 1 });
  return sameShape(summed.shape, value.shape) ? summed : expandLike(graph, summed, value);
}

/** Sums the first `count` axes. */
function withoutLeading(graph: Graph, x: Value, count: number): Value {
  if (count <= 0) return x;
  if (count === 1 && x.shape.length === 2) return sumRows(graph, x);
  return graph.op("ReduceSum", [x], { axes: Array.from({ length: count }, (_, axis) => axis), keepdims: 0 });
}

/** Broadcasts to the shape of another value. */
export function expandLike(graph: Graph, x: Value, like: Value): Value {
  const { shape } = like;
  const offset = shape.length - x.shape.length;
  const known = shape.every((size, axis) => typeof size === "number" || size === x.shape[axis - offset]);
  return graph.op("Expand", known ? [x] : [x, graph.op("Shape", [like])], { to: shape });
}

/** The same elements in the shape of another value. */
export function reshapeLike(graph: Graph, x: Value, like: Value): Value {
  const unknown = like.shape.filter((size, axis) => typeof size === "string" && size !== x.shape[axis]);
  return graph.reshape(x, like.shape, unknown.length > 1 ? like : undefined);
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
