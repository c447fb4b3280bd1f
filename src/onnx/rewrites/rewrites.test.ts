import { describe, expect, it } from "vitest";
import { Graph } from "../graph.js";
import { float32, int32, runGraph } from "../testing/run-graph.js";
import { absorbProjections } from "./absorb-projections.js";
import { keepFirstRows } from "./keep-rows.js";
import { lowerAttention } from "./lower-attention.js";
import { observeRanges } from "./observe-ranges.js";
import { quantizeLinears } from "./quantize-linears.js";

const HEADS = 2;
const SIZE = 4;

/** Two layers of nothing but attention, a linear layer and a residual, read at each first token. */
function attentionGraph(): Graph {
  const graph = new Graph();
  let x = graph.input("x", "float32", ["tokens", SIZE]);
  const headRows = graph.input("headRows", "int32", ["sequences", HEADS, "slots"]);
  const contextRows = graph.input("contextRows", "int32", ["tokens", HEADS]);
  const mask = graph.input("mask", "float32", ["sequences", 1, 1, "slots"]);
  const firstRows = graph.input("firstRows", "int32", ["sequences"]);
  for (const layer of ["a", "b"]) {
    const attended = graph.op("Attention", [x, x, x, headRows, contextRows, mask]);
    const weight = graph.weight(`${layer}.weight`, [SIZE, SIZE]);
    x = graph.op("Add", [
      graph.op("Gemm", [attended, weight, graph.weight(`${layer}.bias`, [SIZE])], { transB: 1 }),
      x,
    ]);
  }
  graph.output(graph.op("Tanh", [graph.op("Gather", [x, firstRows])]));
  return graph;
}

const wave = (length: number, step: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(step * (i + 1)));
const TENSORS = {
  "a.weight": wave(16, 0.7),
  "a.bias": wave(4, 1.1),
  "b.weight": wave(16, 1.3),
  "b.bias": wave(4, 0.4),
};

/** Sequences of 2 and 3 tokens. */
const feeds = () => ({
  x: float32([...wave(20, 0.9)], [5, SIZE]),
  headRows: int32([0, 2, 0, 1, 3, 1, 4, 6, 8, 5, 7, 9], [2, HEADS, 3]),
  contextRows: int32([0, 3, 1, 4, 6, 9, 7, 10, 8, 11], [5, HEADS]),
  mask: float32([0, 0, -1e9, 0, 0, 0], [2, 1, 1, 3]),
  firstRows: int32([0, 2]),
});

/** The same in plain double-precision loops, per sequence. */
function expected(): number[] {
  let x = Array.from({ length: 5 }, (_, t) => [...wave(20, 0.9).slice(t * SIZE, (t + 1) * SIZE)]);
  const sequences = [
    [0, 1],
    [2, 3, 4],
  ];
  for (const layer of ["a", "b"] as const) {
    const mixed = x.map(() => new Array<number>(SIZE).fill(0));
    for (const rows of sequences) {
      for (let head = 0; head < HEADS; head++) {
        const part = (row: number) => (x[row] as number[]).slice(head * 2, head * 2 + 2);
        for (const q of rows) {
          const logits = rows.map(
            (k) => part(q).reduce((sum, v, i) => sum + v * (part(k)[i] as number), 0) / Math.SQRT2,
          );
          const exps = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
          const total = exps.reduce((a, b) => a + b);
          rows.forEach((k, j) => {
            part(k).forEach((v, i) => {
              (mixed[q] as number[])[head * 2 + i]! += (v * (exps[j] as number)) / total;
            });
          });
        }
      }
    }
    const weight = TENSORS[`${layer}.weight`];
    const bias = TENSORS[`${layer}.bias`];
    x = x.map((row, t) =>
      row.map((v, o) =>
        (mixed[t] as number[]).reduce((sum, m, i) => sum + m * weight[o * SIZE + i]!, v + bias[o]!),
      ),
    );
  }
  return [...(x[0] as number[]), ...(x[2] as number[])].map(Math.tanh);
}

const run = async (graph: Graph) => {
  const outputs = await runGraph(lowerAttention(graph), feeds(), TENSORS);
  return [...(Object.values(outputs)[0]?.data ?? [])];
};

const apart = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? NaN))));

describe("lowerAttention", () => {
  it("computes attention within each sequence, whatever the padding repeats", async () => {
    expect(apart(await run(attentionGraph()), expected())).toBeLessThan(1e-6);
  });
});

describe("keepFirstRows", () => {
  it("changes no result", async () => {
    expect(apart(await run(keepFirstRows(attentionGraph(), "firstRows")), expected())).toBeLessThan(1e-6);
  });

  it("computes the last layer for first rows only, and keys and values for all", () => {
    const nodes = keepFirstRows(attentionGraph(), "firstRows").nodes;
    const linears = nodes.filter(({ op }) => op === "Gemm").map(({ outputs }) => outputs[0]?.shape[0]);
    expect(linears).toEqual(["tokens", "sequences"]);
    const last = nodes.findLast(({ op }) => op === "Attention");
    expect(last?.inputs.slice(0, 3).map(({ shape }) => shape[0])).toEqual(["sequences", "tokens", "tokens"]);
    expect(last?.attributes.firstOnly).toBe(1);
  });

  it("keeps a value whole when something else reads it whole", () => {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["tokens", 2]);
    const rows = graph.input("firstRows", "int32", ["sequences"]);
    const shared = graph.op("Tanh", [x]);
    graph.output(graph.op("Gather", [shared, rows]));
    graph.output(shared);
    const kept = keepFirstRows(graph, "firstRows");
    expect(kept.nodes.find(({ op }) => op === "Tanh")?.outputs[0]?.shape[0]).toBe("tokens");
    expect(kept.outputs.map(({ shape }) => shape[0])).toEqual(["sequences", "tokens"]);
  });
});

describe("absorbProjections", () => {
  /** One layer of attention with projections, read at each first token. */
  function projectedGraph(): Graph {
    const graph = new Graph();
    const x = graph.input("x", "float32", ["tokens", SIZE]);
    graph.input("slotRows", "int32", ["sequences", "slots"]);
    const headRows = graph.input("headRows", "int32", ["sequences", HEADS, "slots"]);
    const contextRows = graph.input("contextRows", "int32", ["tokens", HEADS]);
    const mask = graph.input("mask", "float32", ["sequences", 1, 1, "slots"]);
    const firstRows = graph.input("firstRows", "int32", ["sequences"]);
    const project = (name: string) =>
      graph.op(
        "Gemm",
        [x, graph.weight(`${name}.weight`, [SIZE, SIZE]), graph.weight(`${name}.bias`, [SIZE])],
        {
          transB: 1,
        },
      );
    const attended = graph.op("Attention", [...["q", "k", "v"].map(project), headRows, contextRows, mask]);
    graph.output(graph.op("Gather", [attended, firstRows]));
    return graph;
  }
  const tensors = Object.fromEntries(
    ["q", "k", "v"].flatMap((name, i) => [
      [`${name}.weight`, wave(16, 0.5 + 0.3 * i)],
      [`${name}.bias`, wave(4, 0.8 + 0.2 * i)],
    ]),
  );
  const slotRows = () => int32([0, 1, 0, 2, 3, 4], [2, 3]);
  const result = async (graph: Graph) => {
    const outputs = await runGraph(lowerAttention(graph), { ...feeds(), slotRows: slotRows() }, tensors);
    return [...(Object.values(outputs)[0]?.data ?? [])];
  };

  it("changes no result", async () => {
    const whole = await result(projectedGraph());
    const narrowed = keepFirstRows(projectedGraph(), "firstRows");
    expect(whole).toHaveLength(8);
    expect(apart(await result(absorbProjections(narrowed, "slotRows")), whole)).toBeLessThan(1e-6);
  });

  it("computes no linear layer for every token", () => {
    const narrowed = keepFirstRows(projectedGraph(), "firstRows");
    const rowsOf = (graph: Graph) =>
      lowerAttention(graph)
        .nodes.filter(({ op }) => op === "Gemm")
        .map(({ outputs }) => outputs[0]?.shape[0]);
    expect(rowsOf(narrowed)).toEqual(["sequences", "tokens", "tokens"]);
    expect(rowsOf(absorbProjections(narrowed, "slotRows"))).toEqual(["sequences"]);
  });

  it("leaves attention over all tokens alone", () => {
    const graph = projectedGraph();
    expect(absorbProjections(graph, "slotRows").nodes.map(({ op }) => op)).toEqual(
      graph.nodes.map(({ op }) => op),
    );
  });
});

describe("observeRanges and quantizeLinears", () => {
  async function quantized(): Promise<Graph> {
    const graph = attentionGraph();
    const { graph: watched, observed } = observeRanges(graph, "tokens");
    const outputs = await runGraph(lowerAttention(watched), feeds(), TENSORS);
    const ranges = new Map(
      observed.flatMap(({ tensors, min, max }) =>
        tensors.map(
          (tensor) => [tensor, { min: outputs[min]!.data[0]!, max: outputs[max]!.data[0]! }] as const,
        ),
      ),
    );
    expect([...ranges.keys()]).toEqual(["a.weight", "b.weight"]);
    expect(ranges.get("a.weight")!.min).toBeLessThan(ranges.get("a.weight")!.max);
    return quantizeLinears(graph, "tokens", ranges);
  }

  it("stays close to float32, yet differs: 8 bits were really used", async () => {
    const drift = apart(await run(await quantized()), expected());
    expect(drift).toBeGreaterThan(0);
    expect(drift).toBeLessThan(0.02);
  });

  it("leaves no float32 linear layer over tokens", async () => {
    const { nodes } = await quantized();
    expect(nodes.filter(({ op }) => op === "MatMulIntegerToFloat")).toHaveLength(2);
    expect(nodes.filter(({ op }) => op === "Gemm")).toHaveLength(0);
  });
});
