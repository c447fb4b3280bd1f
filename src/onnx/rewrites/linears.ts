import type { Graph, Node } from "../graph.js";
import type { Value } from "../value.js";

/** A linear layer x·Wᵀ + b whose weight is a tensor of the checkpoint. */
export interface Linear {
  readonly x: Value;
  /** [outputs, inputs] */
  readonly weight: Value;
  readonly bias: Value | undefined;
  /** The weight's name in the checkpoint. */
  readonly tensor: string;
}

/** Reads a node as a linear layer over rows of kind `rows`, or returns undefined when it is not one. */
export function asLinear(graph: Graph, node: Node, rows: string): Linear | undefined {
  const [x, weight, bias] = node.inputs;
  if (node.op !== "Gemm" || node.attributes.transB !== 1 || x === undefined || weight === undefined) {
    return undefined;
  }
  const origin = graph.weights.get(weight);
  if (origin?.kind !== "tensor" || x.shape[0] !== rows) return undefined;
  return { x, weight, bias, tensor: origin.tensor };
}
