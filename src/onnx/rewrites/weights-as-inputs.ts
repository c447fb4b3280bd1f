import type { Graph } from "../graph.js";

/**
 * Turns the weights that come from a checkpoint into inputs of the same name, so that the caller can keep
 * them in one memory and change them between runs. Weights that no node reads are dropped.
 */
export function weightsAsInputs(graph: Graph): void {
  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  for (const [value, origin] of [...graph.weights]) {
    if (origin.kind !== "tensor") continue;
    graph.weights.delete(value);
    if (read.has(value)) graph.inputs.push(value);
  }
}
