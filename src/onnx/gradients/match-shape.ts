import type { Graph } from "../graph.js";
import type { Shape, Value } from "../value.js";

/**
 * A gradient in the shape of the value that it belongs to: summed along axes that the forward pass
 * broadcast, expanded along those that it summed.
 */
export function matchShape(graph: Graph, gradient: Value, value: Value): Value {
  const extra = Math.max(0, gradient.shape.length - value.shape.length);
  const added = Array.from({ length: extra }, (_, axis) => axis);
  const flat = added.length === 0 ? gradient : sum(graph, gradient, added, 0);
  const offset = value.shape.length - flat.shape.length;
  const stretched = [...flat.shape.keys()].filter(
    (axis) => value.shape[axis + offset] === 1 && flat.shape[axis] !== 1,
  );
  const summed = stretched.length === 0 ? flat : sum(graph, flat, stretched, 1);
  return sameShape(summed.shape, value.shape) ? summed : expandLike(graph, summed, value);
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

function sum(graph: Graph, x: Value, axes: readonly number[], keepdims: 0 | 1): Value {
  return graph.op("ReduceSum", [x], { axes, keepdims });
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
