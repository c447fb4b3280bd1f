import { describe, expect, it } from "vitest";
import { Graph } from "./graph.js";
import { modelBytes } from "./serialize.js";
import { float32, int32, runGraph } from "./testing/run-graph.js";

describe("Graph", () => {
  it("infers the type of every value it makes", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["tokens", 4]);
    const ids = graph.input("ids", "int32", ["sequences"]);
    const linear = graph.op("Gemm", [x, graph.weight("w", [3, 4]), graph.weight("b", [3])], { transB: 1 });
    expect(linear.shape).toEqual(["tokens", 3]);
    expect(graph.op("Gather", [linear, ids]).shape).toEqual(["sequences", 3]);
    expect(graph.op("Add", [linear, graph.weight("b", [3])]).shape).toEqual(["tokens", 3]);
  });

  it("refuses shapes that do not fit where they are written", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["tokens", 4]);
    expect(() => graph.op("Gemm", [x, graph.weight("w", [5, 4])])).toThrow(
      /Gemm cannot multiply float32\[tokens, 4\]/,
    );
    expect(() => graph.op("Add", [x, graph.weight("b", [3])])).toThrow(/cannot broadcast/);
    expect(() => graph.op("MatMul", [x, x])).toThrow(/cannot multiply/);
  });

  it("gives the same value for the same tensor, and every value its own name", () => {
    const graph = new Graph();
    expect(graph.weight("w", [2])).toBe(graph.weight("w", [2]));
    const x = graph.input("x", "float32", [2]);
    expect(graph.op("Tanh", [x]).name).not.toBe(graph.op("Tanh", [x]).name);
  });

  it("runs as written: weights from the source, constants, inline and external", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["tokens", 2]);
    const scaled = graph.op("Mul", [x, graph.constant("two", Float32Array.of(2))]);
    const wide = graph.op("Gemm", [scaled, graph.weight("w", [600, 2]), graph.weight("b", [600])], {
      transB: 1,
    });
    const picked = graph.op("Gather", [wide, graph.input("rows", "int32", ["picked"])]);
    graph.output(graph.reshape(picked, ["all"]));
    const w = Float32Array.from({ length: 1200 }, (_, i) => (i % 2 === 0 ? 1 : 10));
    const b = Float32Array.from({ length: 600 }, (_, i) => i);
    const outputs = await runGraph(graph, { x: float32([1, 2, 3, 4], [2, 2]), rows: int32([1]) }, { w, b });
    const [result] = Object.values(outputs);
    expect(result?.dims).toEqual([600]);
    expect([...(result?.data.slice(0, 3) ?? [])]).toEqual([86, 87, 88]);
  });

  it("is written without weights of a checkpoint only when it has none", async () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", [2]);
    graph.output(graph.op("Add", [x, graph.scalar(1)]));
    expect((await modelBytes(graph)).length).toBeGreaterThan(50);
    graph.output(graph.op("Add", [x, graph.weight("w", [2])]));
    await expect(modelBytes(graph)).rejects.toThrow(/w is not a constant/);
  });

  it("widens a node to more outputs and keeps those it had", () => {
    const graph = new Graph();
    const [x, scale, bias] = ["x", "s", "b"].map((name) => graph.input(name, "float32", [3]));
    const y = graph.op("LayerNormalization", [x!, scale!, bias!], { axis: -1, epsilon: 1e-5 });
    const outputs = graph.widen(graph.nodes[0]!, 3);
    expect(outputs.map(({ shape }) => shape)).toEqual([[3], [1], [1]]);
    expect(outputs[0]).toBe(y);
    expect(graph.widen(graph.nodes[0]!, 3)).toEqual(outputs);
  });

  it("reports a weight whose source has another size", async () => {
    const graph = new Graph();
    graph.output(graph.op("Add", [graph.input("x", "float32", [4]), graph.weight("w", [4])]));
    const run = runGraph(graph, { x: float32([1, 2, 3, 4], [4]) }, { w: Float32Array.of(1) });
    await expect(run).rejects.toThrow(/weight w has 4 bytes instead of 16/);
  });
});
