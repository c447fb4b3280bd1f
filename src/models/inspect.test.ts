import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inspectModel } from "./inspect.js";

const GOLDENS = join(import.meta.dirname, "../../goldens/models");
const cases = readdirSync(GOLDENS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
  .map((entry) => entry.name);

const scratch = mkdtempSync(join(tmpdir(), "inspect-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A copy of a golden model with some keys of config.json changed. */
function altered(name: string, config: object): string {
  const folder = mkdtempSync(join(scratch, name));
  cpSync(join(GOLDENS, name), folder, { recursive: true });
  const old = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  writeFileSync(join(folder, "config.json"), JSON.stringify({ ...old, ...config }));
  return folder;
}

const codes = async (folder: string) => (await inspectModel(folder)).problems.map(({ code }) => code);

describe("inspectModel", () => {
  it.each(cases)("agrees with Python about %s", async (name) => {
    const golden = JSON.parse(readFileSync(join(GOLDENS, name, "expected.json"), "utf8"));
    const inspection = await inspectModel(join(GOLDENS, name));
    expect(inspection).toMatchObject({
      modelType: golden.modelType,
      maxTokens: golden.maxTokens,
      config: { labels: golden.labels },
    });
    expect(inspection.problems.map(({ code }) => code)).toEqual(
      golden.labels > 2 ? ["UNSUPPORTED_FEATURE"] : [],
    );
  });

  it("tells how the weights lie on disk", async () => {
    const weights = async (name: string) => (await inspectModel(join(GOLDENS, name))).weights;
    expect(await weights("bert-sharded")).toMatchObject({
      format: "sharded",
      file: "model.safetensors.index.json",
      dtypes: { F32: expect.any(Number) },
    });
    expect(Object.keys((await weights("bert-bf16")).dtypes ?? {})).toEqual(["BF16"]);
    expect(await weights("onnx-with-types")).toEqual({
      format: "onnx",
      file: "onnx/model.onnx",
      bytes: expect.any(Number),
      absent: undefined,
    });
  });

  it("needs only the header of weights that would fill gigabytes", async () => {
    const layers = 24;
    const D = 1024;
    const F = 4096;
    const sizes = {
      hidden_size: D,
      num_hidden_layers: layers,
      num_attention_heads: 16,
      intermediate_size: F,
    };
    const folder = altered("bert-1label", { ...sizes, vocab_size: 250_002, max_position_embeddings: 512 });
    writeFileSync(join(folder, "tokenizer_config.json"), "{}");
    const bytes = writeHeader(join(folder, "model.safetensors"), largeTensors(layers, D, F));
    const { cost, weights, problems } = await inspectModel(folder);
    expect(problems).toEqual([]);
    expect(weights.bytes).toBe(bytes);
    expect(cost).toMatchObject({
      parameters: bytes / 4,
      sessions: 1,
      memory: { float32: { weights: bytes } },
    });
    expect(bytes).toBeGreaterThan(2.2e9);
  });

  it("collects why a model could not be loaded", async () => {
    expect(await codes(altered("bert-1label", { intermediate_size: 99 }))).toEqual(["TENSOR_SHAPE"]);
    expect(await codes(altered("bert-1label", { num_hidden_layers: 3 }))).toEqual(["MISSING_TENSOR"]);
    expect(await codes(altered("bert-1label", { vocab_size: 10 }))).toEqual([
      "TOKENIZER_MISMATCH",
      "TENSOR_SHAPE",
    ]);
    const broken = altered("bert-1label", {});
    writeFileSync(join(broken, "tokenizer.json"), "{");
    expect(await codes(broken)).toEqual(["INVALID_TOKENIZER"]);
  });

  it("fails where there is nothing to describe", async () => {
    await expect(inspectModel(altered("bert-1label", { model_type: "mamba" }))).rejects.toMatchObject({
      code: "UNSUPPORTED_ARCHITECTURE",
    });
    const cut = altered("bert-1label", {});
    truncateSync(join(cut, "model.safetensors"), 30_000);
    await expect(inspectModel(cut)).rejects.toMatchObject({ code: "INVALID_SAFETENSORS" });
    await expect(inspectModel(mkdtempSync(join(scratch, "empty")))).rejects.toMatchObject({
      code: "MODEL_FILE_MISSING",
    });
    await expect(inspectModel(join(scratch, "nowhere"))).rejects.toMatchObject({
      code: "MODEL_FILE_MISSING",
    });
  });

  it("describes a ready-made graph of a family that it could not build", async () => {
    const { family, config, modelType, maxTokens, cost } = await inspectModel(
      altered("onnx-with-types", { model_type: "deberta-v2" }),
    );
    expect({ family, config, modelType, maxTokens, cost }).toEqual({
      family: undefined,
      config: undefined,
      modelType: "deberta-v2",
      maxTokens: 64,
      cost: undefined,
    });
  });
});

/** The tensors of a BERT classifier with one label. */
function largeTensors(layers: number, D: number, F: number): [name: string, shape: number[]][] {
  const linear = (name: string, outputs: number, inputs: number): [string, number[]][] => [
    [`${name}.weight`, [outputs, inputs]],
    [`${name}.bias`, [outputs]],
  ];
  const norm = (name: string): [string, number[]][] => [
    [`${name}.weight`, [D]],
    [`${name}.bias`, [D]],
  ];
  const layer = (prefix: string) => [
    ...["query", "key", "value"].flatMap((name) => linear(`${prefix}.attention.self.${name}`, D, D)),
    ...linear(`${prefix}.attention.output.dense`, D, D),
    ...norm(`${prefix}.attention.output.LayerNorm`),
    ...linear(`${prefix}.intermediate.dense`, F, D),
    ...linear(`${prefix}.output.dense`, D, F),
    ...norm(`${prefix}.output.LayerNorm`),
  ];
  return [
    ["bert.embeddings.word_embeddings.weight", [250_002, D]],
    ["bert.embeddings.position_embeddings.weight", [512, D]],
    ["bert.embeddings.token_type_embeddings.weight", [2, D]],
    ...norm("bert.embeddings.LayerNorm"),
    ...Array.from({ length: layers }, (_, at) => layer(`bert.encoder.layer.${at}`)).flat(),
    ...linear("bert.pooler.dense", D, D),
    ...linear("classifier", 1, D),
  ];
}

/** A safetensors file whose data is a hole; returns the bytes of the data. */
function writeHeader(path: string, tensors: readonly [string, number[]][]): number {
  let end = 0;
  const header: Record<string, object> = {};
  for (const [name, shape] of tensors) {
    const start = end;
    end += 4 * shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [start, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([length, json]));
  truncateSync(path, 8 + json.length + end);
  return end;
}
