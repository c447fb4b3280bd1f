import { expect } from "vitest";
import { dense } from "../gradients/accumulate.js";
import { differentiate } from "../gradients/differentiate.js";
import { Graph } from "../graph.js";
import { lowerAttention } from "../rewrites/lower-attention.js";
import type { Shape, Value } from "../value.js";
import { evaluate64 } from "./evaluate64.js";
import { runBytes } from "./run-bytes.js";
import { sizeOf, type Tensor64 } from "./tensor64.js";

/** An input of a function that is to be differentiated. */
export interface Argument {
  readonly dims: readonly number[];
  readonly data: readonly number[];
  /** As the graph knows it, with names for sizes; default: `dims`. */
  readonly shape?: Shape | undefined;
  /** int32 inputs are not differentiated by. */
  readonly type?: "float32" | "int32" | undefined;
  /** Not differentiated by either. */
  readonly fixed?: boolean | undefined;
}
export type Build = (graph: Graph, ...inputs: Value[]) => Value;

const STEP = 1e-5;
/** Of the largest element, or of 1 where that is smaller: single precision with room for sums. */
const TOLERANCE = 1e-5;

/**
 * Differentiates L = Σ c·f(x), c fixed, and compares every element with (L(x + h) − L(x − h))/2h of an
 * evaluation in double precision, h = 1e-5, whose own error is below 1e-8 for functions of moderate third
 * derivative. Also compares f itself. Returns the gradients.
 */
export async function checkGradient(build: Build, given: readonly Argument[]): Promise<Float32Array[]> {
  const graph = new Graph();
  const inputs = given.map(({ type = "float32", shape, dims }, i) =>
    graph.input(`x${i}`, type, shape ?? dims),
  );
  const y = build(graph, ...inputs);
  const feeds = new Map<string, Tensor64>(
    given.map(({ dims, data }, i) => [`x${i}`, { dims, data: Float64Array.from(data, Math.fround) }]),
  );
  graph.output(y);
  const [value64] = evaluate64(lowerAttention(graph), feeds) as [Tensor64];
  feeds.set("c", { dims: value64.dims, data: value64.data.map((_, i) => Math.fround(Math.cos(1 + 2 * i))) });
  const loss = graph.op("ReduceSum", [graph.op("Mul", [y, graph.input("c", "float32", y.shape)])], {
    keepdims: 0,
  });
  graph.outputs[0] = loss;
  const forward = lowerAttention(graph);
  const loss64 = () => evaluate64(forward, feeds)[0]?.data[0] as number;

  const wrt = inputs.filter((_, i) => given[i]?.type !== "int32" && given[i]?.fixed !== true);
  const found = differentiate(graph, loss, wrt);
  expect([...found.keys()].map(({ name }) => name).toSorted()).toEqual(
    wrt.map(({ name }) => name).toSorted(),
  );
  const gradients = wrt.map((value) => {
    const gradient = found.get(value);
    return gradient === undefined ? graph.scalar(0) : dense(graph, gradient, value);
  });
  graph.outputs.push(y, ...gradients);
  const runnable = lowerAttention(graph);
  const fed = runnable.inputs.map(({ name, type }) => [
    name,
    { type: type as "int32", ...(feeds.get(name) as Tensor64) },
  ]);
  const results = await runBytes(runnable, Object.fromEntries(fed));
  const result = (index: number) => results[runnable.outputs[index]?.name ?? ""]?.data ?? new Float32Array();

  expectClose(result(1), value64.data);
  return wrt.map(({ name }, i) => {
    const { dims, data } = feeds.get(name) as Tensor64;
    const numeric = Float64Array.from({ length: sizeOf(dims) }, (_, at) => {
      const x = data[at] as number;
      data[at] = x + STEP;
      const above = loss64();
      data[at] = x - STEP;
      const below = loss64();
      data[at] = x;
      return (above - below) / (2 * STEP);
    });
    const analytic = result(2 + i);
    expectClose(analytic, numeric);
    return analytic;
  });
}

export function expectClose(
  actual: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance = TOLERANCE,
): void {
  const expected = Array.from(wanted);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(0, ...expected.map((value, i) => Math.abs(value - (actual[i] as number))));
  expect(actual.length).toBe(expected.length);
  expect(worst / scale, `[${Array.from(actual)}] against [${expected}]`).toBeLessThanOrEqual(tolerance);
}

/** Numbers in [low, high] that look random and are always the same. */
export function wave(dims: readonly number[], phase = 1, low = -1.5, high = 1.5): Argument {
  const data = Array.from({ length: sizeOf(dims) }, (_, i) => {
    const unit = (Math.sin((i + 1) * 12.9898 + phase * 78.233) * 43758.5453) % 1;
    return low + (high - low) * Math.abs(unit);
  });
  return { dims, data };
}
