import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import type { RawConfig } from "../../models/config.js";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { type Dataset, openDataset } from "../data/index.js";
import { pretrain } from "../trainer/pretrain.js";
import { createUntrainedModel, type UntrainedModelOptions } from "./create-untrained-model.js";
import { readTokenizerFiles } from "./tokenizer-files.js";

const GOLDENS = join(import.meta.dirname, "../../../goldens");
const scratch = new TemporaryFolder();
let made = 0;

const config = (name: string): RawConfig =>
  JSON.parse(readFileSync(join(GOLDENS, "models", name, "config.json"), "utf8"));
const tokenizer = (name: string) => readTokenizerFiles(join(GOLDENS, "models", name));

const TEXTS = [
  "iron magnets pull iron and never wood",
  "the cat sat by the river under a bridge",
  "a river runs under the old iron bridge to the sea",
];
const data: Dataset = await openDataset([
  {
    name: "texts",
    examples: TEXTS.map((text) => ({ query: "what pulls iron", documents: [{ text }], targets: [1] })),
  },
]);

async function create(options: Omit<UntrainedModelOptions, "data">): Promise<string> {
  const folder = join(scratch.path, `model-${made++}`);
  await createUntrainedModel(folder, { data, ...options });
  return folder;
}

/** Shape and numbers of every tensor. */
async function tensorsOf(folder: string) {
  const checkpoint = await openCheckpoint(folder);
  const tensors = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
  for (const name of checkpoint.names()) {
    tensors.set(name, { shape: checkpoint.info(name).shape, data: await checkpoint.read(name) });
  }
  await checkpoint.close();
  return tensors;
}

const shapesOf = (tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>) =>
  Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape]));

describe("createUntrainedModel, beside models that transformers made", () => {
  it.each([
    "bert-1label",
    "bert-2labels",
    "bert-odd-heads",
    "electra-1label",
    "electra-2labels-same-size",
    "roberta-1label",
    "xlm-roberta-1label",
  ])("has the tensors of %s for ranking", async (name) => {
    const folder = await create({
      architecture: config(name),
      task: "ranking",
      tokenizer: await tokenizer(name),
    });
    const labels = config(name).id2label === undefined ? 1 : undefined;
    const wanted = shapesOf(await tensorsOf(join(GOLDENS, "models", name)));
    for (const [tensor, shape] of Object.entries(wanted)) {
      // One label where the architecture does not say how many: a model that ranks needs no more.
      if (labels && /^classifier\.(out_proj\.)?(weight|bias)$/.test(tensor))
        wanted[tensor] = [labels, ...shape.slice(1)];
    }
    expect(shapesOf(await tensorsOf(folder))).toEqual(wanted);
    await (await loadCrossEncoder(folder, name)).close();
  });

  it.each([
    ["bert-1label", "BertForMaskedLM"],
    ["bert-relu", "BertForMaskedLM"],
    ["electra-1label", "ElectraForMaskedLM"],
    ["roberta-1label", "RobertaForMaskedLM"],
  ])("has the encoder of %s and the head of %s for masked language modelling", async (name, architecture) => {
    const files = await tokenizer(name);
    const folder = await create({ architecture: config(name), task: "masked", tokenizer: files });
    const encoder = Object.entries(shapesOf(await tensorsOf(join(GOLDENS, "models", name)))).filter(
      ([tensor]) => !/^classifier|pooler/.test(tensor),
    );
    const golden = gunzipSync(readFileSync(join(GOLDENS, "pretraining", `${name}.json.gz`))).toString();
    const head = Object.entries(
      JSON.parse(golden).head as Record<string, { readonly shape: number[] }>,
    ).flatMap(([tensor, { shape }]) => (/decoder|lm_head\.weight/.test(tensor) ? [] : [[tensor, shape]]));
    expect(shapesOf(await tensorsOf(folder))).toEqual(Object.fromEntries([...encoder, ...head]));
    const written = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
    expect(written.architectures).toEqual([architecture]);
    // Nothing can rank with it by accident.
    await expect(loadCrossEncoder(folder, name)).rejects.toMatchObject({ code: "MISSING_TENSOR" });
  });
});

describe("createUntrainedModel", () => {
  it.each(["bert-1label", "roberta-1label", "electra-1label"])(
    "draws the weights of %s as its config says",
    async (name) => {
      const files = await tokenizer(name);
      const architecture = { ...config(name), initializer_range: 0.05, hidden_size: 32 };
      const tensors = await tensorsOf(await create({ architecture, task: "ranking", tokenizer: files }));
      const padId = config(name).pad_token_id as number;
      for (const [tensor, { shape, data }] of tensors) {
        if (tensor.endsWith(".bias")) expect(new Set(data), tensor).toEqual(new Set([0]));
        else if (tensor.includes("LayerNorm")) expect(new Set(data), tensor).toEqual(new Set([1]));
        else if (data.length > 1000) {
          const deviation = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
          expect(deviation, tensor).toBeGreaterThan(0.045);
          expect(deviation, tensor).toBeLessThan(0.055);
        }
        const padded = /word_embed/.test(tensor) || (name.startsWith("roberta") && /position_/.test(tensor));
        if (!/_embeddings\.weight$/.test(tensor)) continue;
        const [rows = 0, width = 0] = shape;
        const zero = Array.from({ length: rows }, (_, row) =>
          data.subarray(row * width, (row + 1) * width).every((value) => value === 0),
        );
        expect(zero.flatMap((is, row) => (is ? [row] : []))).toEqual(padded ? [padId] : []);
      }
    },
  );

  it("gives the same files for the same seed, and others for another", async () => {
    const architecture = { ...config("bert-1label"), vocab_size: 60 };
    const bytes = async (seed: number) => {
      const folder = await create({ architecture, task: "ranking", seed });
      return readdirSync(folder)
        .sort()
        .map((file) => readFileSync(join(folder, file)).toString("base64"));
    };
    const first = await bytes(1);
    expect(await bytes(1)).toEqual(first);
    expect(await bytes(2)).not.toEqual(first);
  });

  it("learns a vocabulary, which decides what the architecture said of another", async () => {
    const raw = { ...config("roberta-1label"), dtype: "float16", vocab_size: 50_265, type_vocab_size: 1 };
    const folder = await create({ architecture: raw, task: "ranking", vocabularySize: 80 });
    const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));
    const pieces = Object.keys(read("tokenizer.json").model.vocab).length;
    expect(pieces).toBeLessThanOrEqual(80);
    expect(read("config.json")).toMatchObject({ vocab_size: pieces, pad_token_id: 0 });
    expect(read("config.json")).not.toHaveProperty("dtype");
    expect(read("tokenizer_config.json")).toEqual({
      tokenizer_class: "PreTrainedTokenizerFast",
      model_max_length: Number(config("roberta-1label").max_position_embeddings) - 1,
      ...{
        pad_token: "[PAD]",
        unk_token: "[UNK]",
        cls_token: "[CLS]",
        sep_token: "[SEP]",
        mask_token: "[MASK]",
      },
      model_input_names: ["input_ids", "attention_mask"],
    });
    await (await loadCrossEncoder(folder, "learned")).close();
  });

  it("has transformers read token types where the model has some", async () => {
    const folder = await create({ architecture: config("bert-1label"), task: "ranking" });
    const { model_input_names } = JSON.parse(readFileSync(join(folder, "tokenizer_config.json"), "utf8"));
    expect(model_input_names).toContain("token_type_ids");
  });

  it("creates our own family, which ranks before it has learned anything", async () => {
    const architecture = {
      ...{ model_type: "rankwright", lexical_features: 2, hidden_size: 16, num_hidden_layers: 1 },
      ...{ num_attention_heads: 2, intermediate_size: 32, max_position_embeddings: 64 },
    };
    const folder = await create({ architecture, task: "masked", vocabularySize: 120 });
    const scorer = await loadCrossEncoder(folder, "ours");
    const { scores } = await scorer.score(
      TEXTS.map((text) => ({ query: "magnets pull iron", document: { text } })),
    );
    await scorer.close();
    expect(Math.max(...scores)).toBe(scores[0]);
    const out = join(scratch.path, "pretrained");
    const { steps } = await pretrain({ model: folder, data, out, maxTokens: 32, threads: 1 });
    expect(steps).toBeGreaterThan(0);
  });

  it.each([
    ["bert-1label", { pad_token_id: 7 }, "bert-1label", "TOKENIZER_MISMATCH", "pad_token_id 7"],
    ["bert-1label", { vocab_size: 20 }, "bert-1label", "TOKENIZER_MISMATCH", "vocab_size 20"],
    ["bert-1label", { vocab_size: undefined }, undefined, "INVALID_OPTION", "vocabularySize"],
    ["bert-1label", { vocab_size: 9 }, undefined, "INVALID_OPTION", "size is 9"],
    ["bert-1label", { model_type: "t5" }, undefined, "UNSUPPORTED_ARCHITECTURE", "t5"],
  ])("refuses %s with %j and the tokenizer %s", async (name, more, named, code, message) => {
    const files = named === undefined ? undefined : await tokenizer(named);
    const created = create({ architecture: { ...config(name), ...more }, task: "ranking", tokenizer: files });
    await expect(created).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
