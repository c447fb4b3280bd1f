import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { quantizeLinears } from "../onnx/index.js";
import { architectureFor } from "./architectures/registry.js";
import { buildGraph, TOKEN_ROWS } from "./build-graph.js";
import { readConfig } from "./config.js";
import { graphFlops, parameterCount, sessionWorkBytes, weightBytes } from "./graph-cost.js";
import { openCheckpoint } from "./safetensors/index.js";

async function open(name: string) {
  const folder = join(import.meta.dirname, "../../goldens/models", name);
  const raw = await readConfig(folder);
  const architecture = architectureFor(raw);
  const config = architecture.readConfig(raw);
  const checkpoint = await openCheckpoint(folder);
  const graph = buildGraph(architecture, config, checkpoint);
  await checkpoint.close();
  return { graph, config, checkpoint };
}

describe("graphFlops", () => {
  it.each(["bert-1label", "bert-odd-heads", "roberta-1label", "xlm-roberta-2labels"])(
    "counts 2·P·T and 4·L·T²·D in %s, in the last layer only what the first token needs",
    async (name) => {
      const { graph, config } = await open(name);
      const { layers: L, hiddenSize: D, intermediateSize: F, heads, labels } = config;
      for (const T of [1, 7, 128]) {
        const whole = 2 * T * (4 * D * D + 2 * D * F);
        const last = 2 * (4 * D * D + 2 * D * F);
        const head = 2 * (D * D + D * labels);
        expect(graphFlops(graph, T)).toEqual({
          linear: (L - 1) * whole + last + head,
          attention: (L - 1) * 4 * T * T * D + 4 * heads * T * D,
        });
      }
    },
  );

  it("counts a projection of the embeddings", async () => {
    const { graph, config } = await open("electra-1label");
    const { layers: L, hiddenSize: D, intermediateSize: F, embeddingSize: E, labels } = config;
    const linear =
      (L - 1) * 2 * (4 * D * D + 2 * D * F) +
      2 * (4 * D * D + 2 * D * F) +
      2 * E * D +
      2 * (D * D + D * labels);
    expect(graphFlops(graph, 1).linear).toBe(linear);
  });
});

describe("parameters and bytes", () => {
  it("are those of the checkpoint when it holds nothing else", async () => {
    const { graph, checkpoint } = await open("bert-1label");
    const bytes = checkpoint.names().reduce((sum, name) => sum + checkpoint.info(name).byteLength, 0);
    expect(weightBytes(graph)).toBe(bytes);
    expect(parameterCount(graph)).toBe(bytes / 4);
  });

  it("leave out tensors that scoring does not read, and count half precision as computed", async () => {
    const plain = await open("bert-1label");
    const extra = await open("bert-extra-tensors");
    expect(extra.checkpoint.names().length).toBeGreaterThan(plain.checkpoint.names().length);
    expect(extra.graph.weights.size).toBe(plain.graph.weights.size);
    const half = await open("bert-f16");
    expect(weightBytes(half.graph)).toBe(4 * parameterCount(half.graph));
  });

  it("take a byte per weight of the quantised layers, four per channel for its scale", async () => {
    const { graph, config } = await open("bert-1label");
    const tensors = [...graph.weights.values()].flatMap((o) => (o.kind === "tensor" ? [o.tensor] : []));
    const ranges = new Map(tensors.map((tensor) => [tensor, { min: -1, max: 1 }]));
    const { layers: L, hiddenSize: D, intermediateSize: F } = config;
    // The last layer is computed for one row and stays as it is, but needs no bias of the keys.
    const weights = (L - 1) * (4 * D * D + 2 * D * F);
    const channels = (L - 1) * (5 * D + F);
    // One input for query, key and value, one each for attention output and the two feed-forward layers.
    const inputs = (L - 1) * 4;
    expect(weightBytes(quantizeLinears(graph, TOKEN_ROWS, ranges))).toBe(
      weightBytes(graph) - 3 * weights + 4 * channels + inputs * (4 + 1) - 4 * D,
    );
  });
});

it("sessionWorkBytes follows its formula", async () => {
  const { config } = await open("bert-1label");
  expect(sessionWorkBytes(config, 512, 64)).toBe(16e6 + 4 * 512 * (6 * 16 + 3 * 28 + 5 * 2 * 64));
});
