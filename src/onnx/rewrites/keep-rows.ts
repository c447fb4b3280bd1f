import type { Graph, Node } from "../graph.js";
import { OPS } from "../ops.js";
import { rewrite } from "../rewrite.js";
import type { Value } from "../value.js";

/**
 * Computes only the rows that are looked at. Where a graph ends in `Gather(x, firstRows)` (a head
 * that reads one token per sequence), the gather moves up through everything that treats rows
 * independently, and through attention to its queries; keys and values stay whole. Exact: the
 * remaining rows are the same numbers.
 *
 * @param firstRows the graph input that names each sequence's first row
 */
export function keepFirstRows(graph: Graph, firstRows: string): Graph {
  const partial = partialValues(graph, firstRows);
  const rowsAt = new Map<Value, Value>();
  return rewrite(graph, (node, inputs, target) => {
    const output = node.outputs[0] as Value;
    if (isSelection(node, firstRows))
      return partial.has(node.inputs[0] as Value) ? [inputs[0] as Value] : undefined;
    if (!partial.has(output)) return undefined;
    const rows = target.inputs.find((input) => input.name === firstRows) as Value;
    const select = (index: number): Value => {
      const before = node.inputs[index] as Value;
      const value = inputs[index] as Value;
      if (partial.has(before) || !hasRowsOf(before, output)) return value;
      const known = rowsAt.get(before) ?? target.op("Gather", [value, rows]);
      rowsAt.set(before, known);
      return known;
    };
    if (node.op === "Attention") {
      return target.ops("Attention", [select(0), ...inputs.slice(1)], { ...node.attributes, firstOnly: 1 });
    }
    return target.ops(
      node.op,
      inputs.map((_, index) => select(index)),
      node.attributes,
    );
  });
}

/** Values of which nothing but the first rows is ever read. */
function partialValues(graph: Graph, firstRows: string): ReadonlySet<Value> {
  const whole = new Set<Value>(graph.outputs);
  const partial = new Set<Value>();
  for (const node of graph.nodes.toReversed()) {
    const output = node.outputs[0] as Value;
    const mayShrink = node.op === "Attention" || OPS[node.op].rows === "independent";
    if (mayShrink && !whole.has(output) && partial.has(output)) {
      node.inputs.forEach((input, index) => {
        const shrinks = node.op === "Attention" ? index === 0 : hasRowsOf(input, output);
        (shrinks ? partial : whole).add(input);
      });
    } else if (isSelection(node, firstRows)) {
      partial.add(node.inputs[0] as Value);
      whole.add(node.inputs[1] as Value);
    } else {
      partial.delete(output);
      for (const input of node.inputs) whole.add(input);
    }
  }
  // A value that a gather or an input provides cannot shrink itself: it is gathered where it is read.
  const made = new Set(
    graph.nodes
      .filter((node) => node.op === "Attention" || OPS[node.op].rows === "independent")
      .map((node) => node.outputs[0] as Value),
  );
  return new Set([...partial].filter((value) => !whole.has(value) && made.has(value)));
}

function isSelection(node: Node, firstRows: string): boolean {
  return node.op === "Gather" && node.inputs[1]?.name === firstRows;
}

function hasRowsOf(value: Value, output: Value): boolean {
  return value.shape.length === output.shape.length && value.shape[0] === output.shape[0];
}
