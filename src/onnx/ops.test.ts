import { describe, expect, it } from "vitest";
import { Graph } from "./graph.js";
import type { Attributes, OpName } from "./ops.js";
import { runBytes } from "./testing/run-bytes.js";
import type { Value } from "./value.js";

/** x is [[-1, 0.5, 2], [3, -0.25, 1]]. */
const X = [-1, 0.5, 2, 3, -0.25, 1];

/** Runs what `build` makes of x [rows, 3], cast to float32. */
async function run(build: (graph: Graph, x: Value) => Value) {
  const graph = new Graph();
  const built = build(graph, graph.input("x", "float32", ["rows", 3]));
  graph.output(built.type === "float32" ? built : graph.op("Cast", [built], { to: "float32" }));
  const [result] = Object.values(await runBytes(graph, { x: { data: X, dims: [2, 3] } }));
  expect(result?.dims).toEqual(graph.outputs[0]?.shape.map((size) => (size === "rows" ? 2 : size)));
  return [...(result?.data ?? [])];
}

function close(actual: readonly number[], wanted: readonly number[]) {
  expect(actual).toHaveLength(wanted.length);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(wanted[i] as number, 5);
}

const ELEMENTWISE: readonly [OpName, (x: number) => number][] = [
  ["Neg", (x) => -x],
  ["Abs", Math.abs],
  ["Exp", Math.exp],
  ["Sign", Math.sign],
  ["Tanh", Math.tanh],
  ["Sigmoid", (x) => 1 / (1 + Math.exp(-x))],
  ["Softplus", (x) => Math.log1p(Math.exp(x))],
  ["Identity", (x) => x],
  ["StopGradient", (x) => x],
];
const OF_POSITIVE: readonly [OpName, (x: number) => number][] = [
  ["Log", Math.log],
  ["Sqrt", Math.sqrt],
];
const WITH_SCALAR: readonly [OpName, (x: number) => number][] = [
  ["Add", (x) => x + 0.5],
  ["Sub", (x) => x - 0.5],
  ["Mul", (x) => x * 0.5],
  ["Div", (x) => x / 0.5],
  ["Dropout", (x) => x * 0.5],
  ["Greater", (x) => Number(x > 0.5)],
  ["GreaterOrEqual", (x) => Number(x >= 0.5)],
  ["Less", (x) => Number(x < 0.5)],
  ["Equal", (x) => Number(x === 0.5)],
];

describe("operators, as the runtime computes them", () => {
  it.each(ELEMENTWISE)("%s", async (op, f) => close(await run((g, x) => g.op(op, [x])), X.map(f)));

  it.each(OF_POSITIVE)("%s", async (op, f) => {
    const actual = await run((g, x) => g.op(op, [g.op("Abs", [x])]));
    close(
      actual,
      X.map((x) => f(Math.abs(x))),
    );
  });

  it.each(WITH_SCALAR)("%s with a scalar", async (op, f) => {
    close(await run((g, x) => g.op(op, [x, g.scalar(0.5)])), X.map(f));
  });

  it("HardSigmoid", async () => {
    close(
      await run((g, x) => g.op("HardSigmoid", [x], { alpha: 0.5, beta: 0.25 })),
      [0, 0.5, 1, 1, 0.125, 0.75],
    );
  });

  it("Pow and Where", async () => {
    close(
      await run((g, x) => g.op("Pow", [x, g.scalar(2)])),
      X.map((x) => x * x),
    );
    close(
      await run((g, x) => g.op("Where", [g.op("Less", [x, g.scalar(0)]), g.scalar(7), x])),
      X.map((x) => (x < 0 ? 7 : x)),
    );
  });

  const REDUCTIONS: readonly [OpName, Attributes, readonly number[]][] = [
    ["ReduceSum", { axes: [1] }, [1.5, 3.75]],
    ["ReduceSum", { axes: [0], keepdims: 0 }, [2, 0.25, 3]],
    ["ReduceSum", { axes: [0, -1], keepdims: 0 }, [5.25]],
    ["ReduceSum", {}, [5.25]],
    ["ReduceMean", { axes: [1], keepdims: 0 }, [0.5, 1.25]],
    ["ReduceMax", { axes: [1] }, [2, 3]],
    ["ReduceMax", { keepdims: 0 }, [3]],
    ["ReduceMin", { axes: [0], keepdims: 0 }, [-1, -0.25, 1]],
  ];
  it.each(REDUCTIONS)("%s %o", async (op, attributes, wanted) => {
    close(await run((g, x) => g.op(op, [x], attributes)), wanted);
  });

  it("Softmax and LogSoftmax along the last axis", async () => {
    const softmax = await run((g, x) => g.op("Softmax", [x]));
    const total = Math.exp(-1) + Math.exp(0.5) + Math.exp(2);
    close(
      softmax.slice(0, 3),
      [-1, 0.5, 2].map((x) => Math.exp(x) / total),
    );
    close(await run((g, x) => g.op("LogSoftmax", [x])), softmax.map(Math.log));
  });

  it("LayerNormalization gives mean and inverse deviation when asked", async () => {
    const moment = (index: number) =>
      run((g, x) => {
        const inputs = [
          x,
          g.constant("one", new Float32Array(3).fill(1)),
          g.constant("b", new Float32Array(3)),
        ];
        return g.ops("LayerNormalization", inputs, { axis: -1, epsilon: 1e-12, outputs: 3 })[index] as Value;
      });
    close(await moment(1), [0.5, 1.25]);
    close(await moment(2), [1 / Math.sqrt(1.5), 1 / Math.sqrt((1.75 ** 2 + 1.5 ** 2 + 0.25 ** 2) / 3)]);
    close(
      (await moment(0)).slice(0, 3),
      [-1.5, 0, 1.5].map((x) => x / Math.sqrt(1.5)),
    );
  });

  it("Reshape and Expand with two unknown sizes take them from another value", async () => {
    const pairs = (g: Graph, x: Value) => {
      const column = g.reshape(x, ["rows", 3, 1]);
      const expanded = g.op("Expand", [column], { to: ["rows", 3, 2] });
      return g.reshape(g.reshape(expanded, ["all"]), ["rows", 3, 2], expanded);
    };
    close(
      await run(pairs),
      X.flatMap((x) => [x, x]),
    );
    const like = (g: Graph, x: Value) => g.op("Expand", [g.scalar(4), g.op("Shape", [x])], { to: x.shape });
    close(await run(like), [4, 4, 4, 4, 4, 4]);
  });

  it("Slice, Concat and Pad", async () => {
    const swap = (g: Graph, x: Value) => {
      const part = (starts: number, ends: number) =>
        g.op("Slice", [x], { starts: [starts], ends: [ends], axes: [1] });
      return g.op("Concat", [part(1, 3), part(0, -2)], { axis: 1 });
    };
    close(await run(swap), [0.5, 2, -1, -0.25, 1, 3]);
    close(await run((g, x) => g.op("Pad", [x], { pads: [0, 1, 0, 0] })), [
      0,
      ...X.slice(0, 3),
      0,
      ...X.slice(3),
    ]);
  });

  it("reads and adds at given places", async () => {
    const places = (g: Graph) => g.constant("places", Int32Array.of(2, 0), [2, 1]);
    close(await run((g, x) => g.op("GatherElements", [x, places(g)], { axis: 1 })), [2, 3]);
    const added = (g: Graph, x: Value) => {
      const ones = g.constant("ones", Float32Array.of(1, 1), [2, 1]);
      return g.op("ScatterElements", [x, places(g), ones], { axis: 1, reduction: "add" });
    };
    close(await run(added), [-1, 0.5, 3, 4, -0.25, 1]);
  });

  it("products with either side transposed", async () => {
    const both: readonly OpName[] = ["Gemm", "FusedMatMul"];
    for (const op of both) {
      // xᵀ · x, scaled
      const gram = await run((g, x) => g.op(op, [x, x], { transA: 1, alpha: 2 }));
      close(gram, [20, -2.5, 2, -2.5, 0.625, 1.5, 2, 1.5, 10]);
    }
    const batched = await run((g, x) => {
      const a = g.constant("a", Float32Array.of(1, 0, 0, 2), [1, 2, 2]);
      return g.op("FusedMatMul", [a, g.reshape(x, [1, "rows", 3])], { transA: 1 });
    }).catch((error: unknown) => String(error));
    expect(batched).toContain("cannot multiply float32[1, 2, 2] transposed by float32[1, rows, 3]");
  });
});
