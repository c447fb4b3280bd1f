import { Graph, type Node } from "./graph.js";
import { ABSENT, graphError, type Value } from "./value.js";

/** Builds what a node becomes in `target` and returns its outputs there; undefined keeps the node. */
export type RewriteRule = (
  node: Node,
  inputs: readonly Value[],
  target: Graph,
) => readonly Value[] | undefined;

/** One pass over a graph: a new graph in which `rule` decided about every node that the outputs need. */
export function rewrite(graph: Graph, rule: RewriteRule): Graph {
  const target = new Graph();
  const mapped = new Map<Value, Value>([[ABSENT, ABSENT]]);
  for (const input of graph.inputs) mapped.set(input, target.input(input.name, input.type, input.shape));
  const translate = (value: Value): Value => {
    const known = mapped.get(value);
    if (known !== undefined) return known;
    const origin = graph.weights.get(value);
    if (origin === undefined) throw graphError(`${value.name} is used before it is computed`);
    const copy = target.addWeight(value.name, value, origin);
    mapped.set(value, copy);
    return copy;
  };
  const needed = neededNodes(graph);
  for (const node of graph.nodes) {
    if (!needed.has(node)) continue;
    const inputs = node.inputs.map(translate);
    const outputs = rule(node, inputs, target) ?? target.ops(node.op, inputs, node.attributes);
    node.outputs.forEach((output, index) => {
      const replacement = outputs[index];
      if (replacement !== undefined) mapped.set(output, replacement);
    });
  }
  for (const output of graph.outputs) target.output(translate(output));
  return target;
}

/** The nodes that some output depends on. */
function neededNodes(graph: Graph): ReadonlySet<Node> {
  const wanted = new Set<Value>(graph.outputs);
  const needed = new Set<Node>();
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => wanted.has(output))) continue;
    needed.add(node);
    for (const input of node.inputs) wanted.add(input);
  }
  return needed;
}
