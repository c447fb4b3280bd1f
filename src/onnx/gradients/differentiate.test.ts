import { describe, expect, it } from "vitest";
import { Graph } from "../graph.js";
import { lowerAttention } from "../rewrites/lower-attention.js";
import { runBytes } from "../testing/run-bytes.js";
import type { Value } from "../value.js";
import { arithmetic } from "./arithmetic.js";
import { differentiate } from "./differentiate.js";
import { insertDropout } from "./insert-dropout.js";
import { trainingGraph } from "./training-graph.js";

describe("differentiate", () => {
  it("adds up what comes back on several ways", async () => {
    const graph = new Graph();
    const { sum, mul, exp, add } = arithmetic(graph);
    const x = graph.input("x", "float32", ["n"]);
    // x·x + eˣ·x, whose derivative is 2x + eˣ(1 + x)
    const gradient = differentiate(graph, sum(add(mul(x, x), mul(exp(x), x))), [x]).get(x);
    graph.output((gradient as { value: Value }).value);
    const [result] = Object.values(await runBytes(lowerAttention(graph), { x: { dims: [2], data: [0, 1] } }));
    expect([...(result?.data ?? [])]).toEqual([1, expect.closeTo(2 + 2 * Math.E, 5)]);
  });

  it("has no entry for what the loss does not depend on, and leaves nodes alone that lead nowhere", () => {
    const graph = new Graph();
    const { sum, tanh } = arithmetic(graph);
    const [x, y, z] = ["x", "y", "z"].map((name) => graph.input(name, "float32", [3])) as [
      Value,
      Value,
      Value,
    ];
    const loss = sum(graph.op("Mul", [tanh(x), tanh(y)]));
    const before = graph.nodes.length;
    expect([...differentiate(graph, loss, [x, z]).keys()]).toEqual([x]);
    const added = graph.nodes.slice(before).flatMap(({ inputs }) => inputs);
    expect(added).not.toContain(y);
  });

  it("keeps the gradient of a table as rows, also when it is looked up twice", () => {
    const graph = new Graph();
    const { sum, mul } = arithmetic(graph);
    const table = graph.input("table", "float32", [5, 2]);
    const rows = ["a", "b"].map((name) => graph.op("Gather", [table, graph.input(name, "int32", ["n"])]));
    const gradient = differentiate(graph, sum(mul(...(rows as [Value, Value]))), [table]).get(table);
    expect(gradient).toMatchObject({
      kind: "rows",
      rows: { shape: ["n+n", 2] },
      indices: { shape: ["n+n"] },
    });
  });

  it("names what it cannot do", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2, 3]);
    const { sum, pow } = arithmetic(graph);
    expect(() => differentiate(graph, x, [x])).toThrow(/the loss is float32\[2, 3\], not a scalar/);
    const padded = sum(graph.op("Pad", [x], { pads: [0, 0, 0, 1] }));
    expect(() => differentiate(graph, padded, [x])).toThrow(/Pad has no gradient/);
    expect(() => differentiate(graph, sum(pow(2, x)), [x])).toThrow(/Pow has no gradient for its input 1/);
    expect(() => differentiate(graph, sum(graph.op("Softmax", [x], { axis: 0 })), [x])).toThrow(
      /Softmax has a gradient along the last axis only/,
    );
    const parameters = [x, graph.input("s", "float32", [3]), graph.input("b", "float32", [3])];
    const [, mean] = graph.ops("LayerNormalization", parameters, { axis: -1, epsilon: 1e-5, outputs: 2 });
    expect(() => differentiate(graph, sum(mean as Value), [x])).toThrow(/for its first output only/);
  });

  it("reads the gradient of padded rows back through the inverse of their indices", async () => {
    const gradients = async (inverse: boolean) => {
      const graph = new Graph();
      const { sum, mul } = arithmetic(graph);
      const x = graph.input("x", "float32", ["tokens", 2]);
      const slots = graph.input("slots", "int32", ["sequences", "width"]);
      const places = graph.input("places", "int32", ["tokens"]);
      const valid = graph.input("valid", "float32", ["sequences", "width", 1]);
      const padded = mul(graph.op("Gather", [x, slots]), valid);
      const known = inverse ? new Map([[slots, places]]) : undefined;
      const gradient = differentiate(graph, sum(mul(padded, padded)), [x], known).get(x);
      expect(gradient?.kind).toBe(inverse ? "dense" : "rows");
      const [value] = gradient?.kind === "dense" ? [gradient.value] : [gradient?.rows as Value];
      graph.output(value as Value);
      const feeds = {
        x: { dims: [3, 2], data: [1, 2, 3, 4, 5, 6] },
        slots: { type: "int32", dims: [2, 2], data: [0, 0, 1, 2] },
        places: { type: "int32", dims: [3], data: [0, 2, 3] },
        valid: { dims: [2, 2, 1], data: [1, 0, 1, 1] },
      } as const;
      return [...(Object.values(await runBytes(graph, feeds))[0]?.data ?? [])];
    };
    expect(await gradients(true)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(await gradients(false)).toEqual([2, 4, 0, 0, 6, 8, 10, 12]);
  });
});

describe("trainingGraph", () => {
  /** mean of (W₂ tanh(W₁x + b))², with W₂ given twice as a factor of the scores */
  function model() {
    const graph = new Graph();
    const { tanh, mean, mul } = arithmetic(graph);
    const x = graph.input("x", "float32", ["rows", 2]);
    const hidden = tanh(
      graph.op("Gemm", [x, graph.weight("w1", [3, 2]), graph.weight("b1", [3])], { transB: 1 }),
    );
    const scores = graph.op("Gemm", [hidden, graph.weight("w2", [1, 3])], { transB: 1 });
    graph.weight("unused", [4]);
    return { graph, scores, loss: mean(mul(scores, scores)) };
  }

  it("takes weights as inputs and puts out loss, scores and a gradient per weight", async () => {
    const { graph, ...outputs } = model();
    const step = trainingGraph(graph, outputs);
    expect(step.graph.inputs.map(({ name }) => name)).toEqual(["x", "w1", "b1", "w2"]);
    expect([...step.gradients.keys()].toSorted()).toEqual(["b1", "w1", "w2"]);
    const results = await runBytes(step.graph, {
      x: { dims: [1, 2], data: [1, -1] },
      w1: { dims: [3, 2], data: [0, 0, 0, 0, 0, 0] },
      b1: { dims: [3], data: [0, 1, 20] },
      w2: { dims: [1, 3], data: [5, 0, 2] },
    });
    expect([...(results[step.scores]?.data ?? [])]).toEqual([2]);
    expect([...(results[step.loss]?.data ?? [])]).toEqual([4]);
    // dL/dw2 = 2·score·tanh(b), dL/db = 2·score·w2·(1 − tanh²(b))
    const of = (tensor: string) => {
      const place = step.gradients.get(tensor);
      return [...(results[place?.kind === "dense" ? place.output : ""]?.data ?? [])];
    };
    expect(of("w2")).toEqual([0, expect.closeTo(4 * Math.tanh(1), 5), 4]);
    expect(of("b1")).toEqual([20, 0, 0]);
    expect(of("w1")).toEqual([20, -20, 0, 0, 0, 0]);
  });

  it("computes nothing for weights that are not to be trained", () => {
    const { graph, ...outputs } = model();
    const step = trainingGraph(graph, { ...outputs, trainable: (tensor) => tensor === "w2" });
    expect([...step.gradients.keys()]).toEqual(["w2"]);
    expect(step.graph.inputs.map(({ name }) => name)).toEqual(["x", "w1", "b1", "w2"]);
    expect(
      step.graph.nodes.filter(({ op, attributes }) => op === "Gemm" && attributes.transA === 1),
    ).toHaveLength(1);
  });
});

describe("insertDropout", () => {
  function residual() {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["rows", 2]);
    const linear = () => graph.op("Gemm", [x, graph.constant("w", Float32Array.of(1, 0, 0, 1), [2, 2])]);
    const sum = graph.op("Add", [linear(), x]);
    const ones = graph.constant("scale", Float32Array.of(1, 1));
    const normal = graph.op(
      "LayerNormalization",
      [sum, ones, graph.constant("bias", Float32Array.of(0, 0))],
      {
        axis: -1,
        epsilon: 1e-12,
      },
    );
    // A sum in a head.
    graph.output(graph.op("Tanh", [graph.op("Add", [linear(), normal])]));
    graph.output(sum);
    return graph;
  }

  it("drops residual branches by masks that are fed", async () => {
    const { graph, masks } = insertDropout(residual());
    expect(masks).toEqual([{ name: "dropout.0", shape: ["rows", 2] }]);
    const feeds = {
      x: { dims: [1, 2], data: [0.5, 0.25] },
      "dropout.0": { dims: [1, 2], data: [0, 2] },
    };
    const [head, sum] = Object.values(await runBytes(graph, feeds));
    expect([...sum!.data]).toEqual([0.5, 0.75]);
    // Two numbers become −1 and 1.
    expect(head?.data[0]).toBeCloseTo(Math.tanh(0.5 - 1), 5);
    expect(head?.data[1]).toBeCloseTo(Math.tanh(0.25 + 1), 5);
  });

  it("or wherever it is told to", () => {
    const { graph, masks } = insertDropout(residual(), ({ op }) => op === "Tanh");
    expect(masks).toHaveLength(1);
    expect(graph.nodes.map(({ op }) => op).slice(-2)).toEqual(["Tanh", "Dropout"]);
  });
});
