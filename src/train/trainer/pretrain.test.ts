import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createModel } from "../../models/lexical/create-model.js";
import { TINY_RARITY, TINY_TOKENIZER } from "../../models/lexical/testing/tiny-vocabulary.js";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import { openDataset } from "../data/index.js";
import type { TrainingExample } from "../example.js";
import { createLoss } from "../losses/losses.js";
import { type PretrainOptions, pretrain } from "./pretrain.js";
import { train } from "./train.js";
import { readTensors } from "./trainable-model.js";
import type { TrainProgress } from "./training-options.js";

const MODELS = join(import.meta.dirname, "../../../goldens/models");
const WORDS = ["a", "of", "the", "in", "to", "and"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pretrain-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Texts of one word over and over; every tenth is too short to teach anything. */
function examples(count: number, first: number, words = WORDS): TrainingExample[] {
  const text = (i: number) => `${words[i % words.length]} `.repeat(i % 10 === 9 ? 3 : 12 + 2 * (i % 17));
  return Array.from({ length: count }, (_, i) => ({
    query: "",
    documents: [{ text: text(first + i) }],
    targets: [1],
  }));
}

async function options(more: Partial<PretrainOptions> = {}): Promise<PretrainOptions> {
  return {
    model: join(MODELS, "bert-1label"),
    data: await openDataset([{ name: "train", examples: examples(40, 0) }]),
    validation: await openDataset([{ name: "held out", examples: examples(10, 100) }]),
    out: join(folder, "out"),
    learningRate: 1e-2,
    maxTokens: 20,
    loader: { batchExamples: 10, poolExamples: 20 },
    validateEvery: 10,
    checkpointEvery: 3,
    threads: 1,
    ...more,
  };
}

async function tensorsOf(model: string): Promise<ReadonlyMap<string, Float32Array>> {
  const checkpoint = await openCheckpoint(model);
  const tensors = await readTensors(checkpoint);
  await checkpoint.close();
  return tensors;
}

const weightsOf = (out: string) => readFileSync(join(out, "model.safetensors"));

describe("pretrain", () => {
  it("learns to guess words, and keeps the weights with the lowest held-out loss", async () => {
    const seen: TrainProgress[] = [];
    const report = await pretrain(
      await options({ epochs: 10, onProgress: (progress) => seen.push(progress) }),
    );
    const [first, last] = [report.curve[0]!, report.curve.at(-1)!];
    expect(report).toMatchObject({ ended: "done", seen: { examples: 400 }, warnings: [] });
    expect(last.loss).toBeLessThan(0.5 * first.loss);
    expect(last.accuracy).toBeGreaterThan(2 * first.accuracy!);
    expect(last.validationAccuracy).toBeGreaterThan(0.5);
    expect(report.best!.value).toBe(Math.min(...report.curve.map(({ validation }) => validation!)));
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    // From the first update on, also within a pool.
    expect(new Set(done).size).toBe(done.length);
  });

  it("writes a folder with the same tensors, of which the head is untouched, and that train goes on from", async () => {
    await pretrain(await options());
    const [before, after] = [
      await tensorsOf(join(MODELS, "bert-1label")),
      await tensorsOf(join(folder, "out")),
    ];
    expect([...after.keys()]).toEqual([...before.keys()]);
    const same = (name: string) => after.get(name)!.every((value, i) => value === before.get(name)![i]);
    expect(same("classifier.weight") && same("bert.pooler.dense.weight")).toBe(true);
    expect(same("bert.encoder.layer.1.attention.self.key.weight")).toBe(false);
    const pairs = [{ query: "a", documents: [{ text: "the" }, { text: "of" }], targets: [1, 0] }];
    const data = await openDataset([{ name: "pairs", examples: pairs }]);
    const model = join(folder, "out");
    const report = await train({
      ...{ model, data, loss: createLoss("lce"), out: join(folder, "tuned"), threads: 1 },
    });
    expect(report.steps).toBe(1);
  });

  it("resumes to the same bits wherever it was stopped, with dropout", async () => {
    const more = { epochs: 2, dropout: 0.2, seed: 3, accumulate: 2 };
    const whole = await pretrain(await options({ ...more, out: join(folder, "whole") }));
    for (const stop of [1, 4, 7]) {
      const controller = new AbortController();
      const out = join(folder, `stopped-${stop}`);
      const onProgress = ({ step }: TrainProgress) => {
        if (step === stop) controller.abort();
      };
      const interrupted = pretrain(await options({ ...more, out, signal: controller.signal, onProgress }));
      await expect(interrupted).rejects.toMatchObject({ code: "ABORTED" });
      expect(existsSync(join(out, `checkpoints/step-${stop}`))).toBe(true);
      const report = await pretrain(await options({ ...more, out, resume: true }));
      expect({ ...report, trainedMs: 0 }).toEqual({ ...whole, trainedMs: 0 });
      expect(weightsOf(out).equals(weightsOf(join(folder, "whole"))), `stopped after ${stop}`).toBe(true);
    }
  });

  it.each(["roberta-1label", "electra-1label", "bert-unprefixed", "bert-extra-tensors"])(
    "trains %s",
    async (name) => {
      const { curve } = await pretrain(await options({ model: join(MODELS, name), epochs: 4 }));
      expect(curve.at(-1)!.validation).toBeLessThan(curve[0]!.validation!);
      await (await loadCrossEncoder(join(folder, "out"), name)).close();
    },
  );

  it.each([undefined, 8])("trains our own family, embeddings of %s", async (embeddingSize) => {
    const model = join(folder, "start");
    const shape = { layers: 2, hiddenSize: 16, heads: 2, embeddingSize, maxTokens: 64 };
    await createModel(model, { shape, tokenizer: TINY_TOKENIZER, rarity: TINY_RARITY, seed: 3 });
    const words = ["iron", "magnet", "the", "cat", "river", "under"];
    const data = await openDataset([{ name: "train", examples: examples(40, 0, words) }]);
    const validation = await openDataset([{ name: "held out", examples: examples(10, 100, words) }]);
    const { curve } = await pretrain(await options({ model, data, validation, epochs: 4 }));
    expect(curve.at(-1)!.validation).toBeLessThan(curve[0]!.validation!);
    await (await loadCrossEncoder(join(folder, "out"), "ours")).close();
  });

  it("trains a head of its own with the encoder, and keeps the tied copies tied", async () => {
    const model = join(folder, "masked");
    cpSync(join(MODELS, "bert-1label"), model, { recursive: true });
    const tensors = await tensorsOf(model);
    const words = tensors.get("bert.embeddings.word_embeddings.weight")!;
    const head = new Map([
      [
        "cls.predictions.transform.dense.weight",
        Float32Array.from({ length: 256 }, (_, i) => Math.sin(i) / 4),
      ],
      ["cls.predictions.transform.dense.bias", new Float32Array(16)],
      ["cls.predictions.transform.LayerNorm.gamma", new Float32Array(16).fill(1)],
      ["cls.predictions.transform.LayerNorm.beta", new Float32Array(16)],
      ["cls.predictions.bias", new Float32Array(183)],
      ["cls.predictions.decoder.weight", words],
    ]);
    const shapes: Record<string, number[]> = {
      "cls.predictions.transform.dense.weight": [16, 16],
      "cls.predictions.decoder.weight": [183, 16],
    };
    const checkpoint = await openCheckpoint(model);
    const named = [...tensors, ...head].map(([name, data]) => ({
      name,
      data,
      shape: head.has(name) ? (shapes[name] ?? [data.length]) : checkpoint.info(name).shape,
    }));
    await checkpoint.close();
    await writeSafetensors(join(model, "model.safetensors"), named);
    await pretrain(await options({ model }));
    const after = await tensorsOf(join(folder, "out"));
    expect(after.get("cls.predictions.decoder.weight")).toEqual(
      after.get("bert.embeddings.word_embeddings.weight"),
    );
    expect(after.get("cls.predictions.transform.dense.weight")).not.toEqual(
      head.get("cls.predictions.transform.dense.weight"),
    );
    expect(after.get("cls.predictions.transform.LayerNorm.weight")).not.toEqual(new Float32Array(16).fill(1));
    expect(after.get("cls.predictions.bias")!.some((value) => value !== 0)).toBe(true);
  });

  it("refuses a tokenizer without a mask", async () => {
    const model = join(folder, "unmasked");
    cpSync(join(MODELS, "bert-1label"), model, { recursive: true });
    const path = join(model, "tokenizer.json");
    const tokenizer = JSON.parse(readFileSync(path, "utf8"));
    tokenizer.added_tokens = tokenizer.added_tokens.filter(
      ({ content }: { content: string }) => content !== "[MASK]",
    );
    writeFileSync(path, JSON.stringify(tokenizer));
    await expect(pretrain(await options({ model }))).rejects.toMatchObject({ code: "INVALID_TOKENIZER" });
  });
});
