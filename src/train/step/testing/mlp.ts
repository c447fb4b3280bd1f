import { type Feeds, Graph, modelBytes, type Value } from "../../../onnx/index.js";
import type { Tensors, TrainingModel } from "../training-model.js";

const INPUTS = 3;
const HIDDEN = 4;

/** y = tanh(x W₁ᵀ + b₁) W₂ᵀ + b₂, with mean squared error, its backward pass written out by hand. */
export interface Mlp {
  readonly training: TrainingModel;
  /** The forward pass alone. */
  readonly forward: Uint8Array;
  readonly weights: Tensors;
}

export async function mlp(): Promise<Mlp> {
  const { graph, parameters } = backward();
  return {
    training: { model: await modelBytes(graph), loss: graph.outputs[0]?.name as string, parameters },
    forward: await modelBytes(forward().graph),
    weights: new Map(
      parameters.map(({ name, shape }, p) => {
        const length = shape.reduce((product, size) => product * size, 1);
        return [name, Float32Array.from({ length }, (_, i) => 0.5 * Math.sin(1 + i + 10 * p))];
      }),
    ),
  };
}

/** `n` samples from number `first` on. */
export function samples(n: number, first = 0): Feeds {
  const row = (i: number) => [Math.sin(3 * i), Math.cos(5 * i), Math.sin(7 * i + 1)];
  const rows = Array.from({ length: n }, (_, i) => row(first + i));
  return {
    x: { type: "float32", data: Float32Array.from(rows.flat()), dims: [n, INPUTS] },
    target: { type: "float32", data: Float32Array.from(rows, ([a, b, c]) => a! * b! + c!), dims: [n, 1] },
    ones: { type: "float32", data: new Float32Array(n).fill(1), dims: [1, n] },
    oneOverN: { type: "float32", data: Float32Array.of(1 / n), dims: [] },
  };
}

/** The part of the feeds that the forward pass takes. */
export function inputs({ x }: Feeds): Feeds {
  return { x: x! };
}

function forward(graph = new Graph()) {
  const x = graph.input("x", "float32", ["n", INPUTS]);
  const w1 = graph.input("encoder.layer.0.dense.weight", "float32", [HIDDEN, INPUTS]);
  const b1 = graph.input("encoder.layer.0.dense.bias", "float32", [HIDDEN]);
  const w2 = graph.input("classifier.weight", "float32", [1, HIDDEN]);
  const b2 = graph.input("classifier.bias", "float32", [1]);
  const hidden = graph.op("Tanh", [graph.op("Gemm", [x, w1, b1], { transB: 1 })]);
  const y = graph.op("Gemm", [hidden, w2, b2], { transB: 1 });
  graph.output(y);
  return { graph, x, w1, b1, w2, b2, hidden, y };
}

function backward() {
  const { graph, x, w1, b1, w2, b2, hidden, y } = forward();
  graph.outputs.length = 0;
  const target = graph.input("target", "float32", ["n", 1]);
  const ones = graph.input("ones", "float32", [1, "n"]);
  const oneOverN = graph.input("oneOverN", "float32", []);
  const minusOne = graph.constant("minus_one", Float32Array.of(-1));
  const mul = (a: Value, b: Value) => graph.op("Mul", [a, b]);
  const transposed = (a: Value) => graph.op("Transpose", [a], { perm: [1, 0] });
  const columnSums = (a: Value) => graph.op("MatMul", [ones, a]);

  const error = graph.op("Add", [y, mul(target, minusOne)]);
  const mean = mul(graph.op("MatMul", [transposed(error), error]), oneOverN);
  graph.output(graph.reshape(mean, []));

  const dy = mul(mul(error, oneOverN), graph.constant("two", Float32Array.of(2)));
  const slope = graph.op("Add", [
    graph.constant("one", Float32Array.of(1)),
    mul(mul(hidden, hidden), minusOne),
  ]);
  const dz = mul(graph.op("MatMul", [dy, w2]), slope);
  const gradients: readonly [Value, Value][] = [
    [w1, graph.op("MatMul", [transposed(dz), x])],
    [b1, graph.reshape(columnSums(dz), [HIDDEN])],
    [w2, graph.op("MatMul", [transposed(dy), hidden])],
    [b2, graph.reshape(columnSums(dy), [1])],
  ];
  const parameters = gradients.map(([{ name, shape }, gradient]) => {
    graph.output(gradient);
    return { name, shape: shape as number[], gradient: { kind: "dense", output: gradient.name } as const };
  });
  return { graph, parameters };
}
