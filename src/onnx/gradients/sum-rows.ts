import type { Graph } from "../graph.js";
import type { Dim, Value } from "../value.js";

/**
 * Σ over the rows of a matrix, [T, n] → [n], as its product with a column of ones. The runtime's ReduceSum
 * adds rows one after the other on one thread; the product takes all of them and half the time, and rounds
 * less.
 */
export function sumRows(graph: Graph, matrix: Value): Value {
  const total = graph.op("Gemm", [matrix, onesLike(graph, matrix)], { transA: 1 });
  return graph.reshape(total, [matrix.shape[1] as Dim]);
}

const columns = new WeakMap<Graph, Map<Dim, Value>>();

/** [T, 1] ones for a matrix [T, n], the same for all matrices with as many rows. */
function onesLike(graph: Graph, matrix: Value): Value {
  const known = columns.get(graph) ?? new Map<Dim, Value>();
  columns.set(graph, known);
  const rows = matrix.shape[0] as Dim;
  const first = () => graph.op("Slice", [matrix], { starts: [0], ends: [1], axes: [1] });
  const ones =
    known.get(rows) ?? graph.op("Expand", [graph.scalar(1), graph.op("Shape", [first()])], { to: [rows, 1] });
  known.set(rows, ones);
  return ones;
}
