import { bytesPerElement } from "../onnx/element-type.js";
import { type Graph, lowerAttention, type Shape, type Value } from "../onnx/index.js";
import type { EncoderConfig } from "./encoder-config.js";

/** Floating-point operations, a multiplication and an addition counted as two. */
export interface GraphFlops {
  /** Products with weights. */
  readonly linear: number;
  /** QKᵀ and the weighted sum of V. */
  readonly attention: number;
}

/** What one sequence of so many tokens costs: its matrix products, next to which the rest is small. */
export function graphFlops(graph: Graph, tokens: number): GraphFlops {
  const sizes: Readonly<Record<string, number>> = { tokens, slots: tokens, sequences: 1 };
  let linear = 0;
  let attention = 0;
  for (const { op, inputs, outputs } of lowerAttention(graph).nodes) {
    const inner = inputs[0]?.shape.at(-1) ?? 0;
    const flops = 2 * elements([...(outputs[0]?.shape ?? []), inner], sizes);
    if (op === "Gemm" || op === "MatMulIntegerToFloat") linear += flops;
    else if (op === "MatMul" || op === "FusedMatMul") attention += flops;
  }
  return { linear, attention };
}

/** Elements of the weights that the graph reads, each counted once. */
export function parameterCount(graph: Graph): number {
  return usedWeights(graph).reduce((sum, { shape }) => sum + elements(shape, {}), 0);
}

/** Bytes of those weights in the types in which the graph computes with them. */
export function weightBytes(graph: Graph): number {
  return usedWeights(graph).reduce(
    (sum, { shape, type }) => sum + elements(shape, {}) * bytesPerElement(type),
    0,
  );
}

/** A rewritten graph may still list weights whose nodes it replaced. */
function usedWeights(graph: Graph): readonly Value[] {
  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  return [...graph.weights.keys()].filter((weight) => read.has(weight));
}

/** Thread, runtime and queue of a session, whatever the model. */
const SESSION_BYTES = 16e6;

/**
 * Bytes that a session takes besides its weights while it computes `tokens` tokens of sequences up to
 * `longest`: 16 MB + 4·tokens·(6·hidden + 3·intermediate + 5·heads·longest). The factors are fitted to
 * the resident memory of sessions for models of 2 to 12 layers and 128 to 768 dimensions, which they
 * meet within 15 %.
 */
export function sessionWorkBytes(config: EncoderConfig, tokens: number, longest: number): number {
  const { hiddenSize, intermediateSize, heads } = config;
  return SESSION_BYTES + 4 * tokens * (6 * hiddenSize + 3 * intermediateSize + 5 * heads * longest);
}

function elements(shape: Shape, sizes: Readonly<Record<string, number>>): number {
  return shape.reduce<number>(
    (product, size) => product * (typeof size === "number" ? size : (sizes[size] ?? Number.NaN)),
    1,
  );
}
