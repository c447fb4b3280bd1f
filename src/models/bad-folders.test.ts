import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCrossEncoder } from "./load-cross-encoder.js";
import { openCheckpoint, writeSafetensors } from "./safetensors/index.js";

const GOLDEN = join(import.meta.dirname, "../../goldens/models/bert-1label");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rankwright-folder-"));
  await cp(GOLDEN, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const load = () => loadCrossEncoder(folder, "model", { threads: 1 });

async function editConfig(change: Record<string, unknown>): Promise<void> {
  const path = join(folder, "config.json");
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...change }));
}

/** Writes the weights again, each tensor as `edit` returns it; undefined leaves it out. */
async function editWeights(
  edit: (name: string, data: Float32Array) => Float32Array | undefined,
): Promise<void> {
  const checkpoint = await openCheckpoint(folder);
  const tensors = [];
  for (const name of checkpoint.names()) {
    const data = edit(name, await checkpoint.read(name));
    if (data !== undefined) tensors.push({ name, shape: checkpoint.info(name).shape, data });
  }
  await checkpoint.close();
  await writeSafetensors(join(folder, "model.safetensors"), tensors);
}

describe("a model folder that cannot be used", () => {
  it("no folder at all", async () => {
    await rm(folder, { recursive: true });
    await expect(load()).rejects.toMatchObject({ code: "MODEL_FILE_MISSING" });
  });

  it.each(["config.json", "tokenizer.json", "model.safetensors"])("no %s", async (file) => {
    await rm(join(folder, file));
    const error = await load().catch((error) => error);
    expect(error.code).toBe("MODEL_FILE_MISSING");
    expect(error.message).toContain(file);
  });

  it.each([
    [{ model_type: "gpt2" }, "UNSUPPORTED_ARCHITECTURE", /known are bert, electra, roberta, xlm-roberta/],
    [{ hidden_size: 17 }, "INVALID_CONFIG", /num_attention_heads/],
    [{ hidden_size: "16" }, "INVALID_CONFIG", /hidden_size is "16"/],
    [{ num_hidden_layers: 0 }, "INVALID_CONFIG", /num_hidden_layers is 0/],
    [{ num_hidden_layers: 99 }, "MISSING_TENSOR", /layer\.\d+\./],
    [{ layer_norm_eps: -1 }, "INVALID_CONFIG", /layer_norm_eps/],
    [{ hidden_act: "swish" }, "UNSUPPORTED_FEATURE", /hidden_act is "swish"; known are gelu/],
    [{ position_embedding_type: "relative_key" }, "UNSUPPORTED_FEATURE", /position_embedding_type/],
    [{ intermediate_size: 999 }, "TENSOR_SHAPE", /shape .* config\.json asks for \[999/],
    [{ vocab_size: 10 }, "TENSOR_SHAPE", /word_embeddings/],
  ])("config.json with %o", async (change, code, message) => {
    await editConfig(change);
    const error = await load().catch((error) => error);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
  });

  it("a tokenizer of another model", async () => {
    await cp(join(GOLDEN, "../roberta-1label/tokenizer.json"), join(folder, "tokenizer.json"));
    await expect(load()).rejects.toMatchObject({ code: "TOKENIZER_MISMATCH", field: "vocab_size" });
  });

  it("config.json that is no JSON", async () => {
    await writeFile(join(folder, "config.json"), "{ half");
    await expect(load()).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  });

  it("weights cut short", async () => {
    await truncate(join(folder, "model.safetensors"), 20_000);
    await expect(load()).rejects.toMatchObject({ code: "INVALID_SAFETENSORS" });
  });

  it("weights without a head", async () => {
    await editWeights((name, data) => (name.startsWith("classifier") ? undefined : data));
    const error = await load().catch((error) => error);
    expect(error).toMatchObject({ code: "MISSING_TENSOR", field: "classifier.weight" });
    expect(error.message).toMatch(/without a classification head/);
  });

  it("weights with a NaN: loads, but no score ever leaves", async () => {
    await editWeights((name, data) => (name === "classifier.bias" ? Float32Array.of(Number.NaN) : data));
    const model = await load();
    const pairs = [{ query: "iron", document: { text: "magnet" } }];
    await expect(model.score(pairs)).rejects.toMatchObject({ code: "NON_FINITE_SCORE", field: "pairs[0]" });
    await model.close();
  });

  it("weights with a NaN, in int8: refused while calibrating", async () => {
    await editWeights((name, data) =>
      name.endsWith("embeddings.LayerNorm.bias") ? data.fill(Number.NaN) : data,
    );
    const loading = loadCrossEncoder(folder, "model", { threads: 1, precision: "int8" });
    await expect(loading).rejects.toMatchObject({ code: "NON_FINITE_SCORE", field: "precision" });
  });

  it("an .onnx file that is none", async () => {
    await rm(join(folder, "model.safetensors"));
    await writeFile(join(folder, "model.onnx"), "not a graph");
    await expect(load()).rejects.toMatchObject({ code: "SESSION_FAILED" });
  });
});
