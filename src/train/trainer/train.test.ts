import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { Random } from "../../numbers/random.js";
import { openDataset } from "../data/index.js";
import type { TrainingExample } from "../example.js";
import { createLoss } from "../losses/losses.js";
import { type TrainOptions, type TrainProgress, train } from "./train.js";
import { readTensors } from "./trainable-model.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const WORDS = ["a", "of", "the", "in", "to", "and"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "train-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lists whose relevant document begins with "the": a pattern that even a tiny model can learn. */
function examples(count: number, seed: number): TrainingExample[] {
  const random = new Random(seed);
  const text = (first: string) =>
    [first, ...Array.from({ length: 4 }, () => WORDS[random.int(WORDS.length)])].join(" ");
  return Array.from({ length: count }, (_, i) => ({
    query: `a ${i % 7}`,
    documents: [{ text: text("the") }, { text: text("of") }, { text: text("in") }],
    targets: [1, 0, 0],
  }));
}

async function options(more: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  return {
    model: MODEL,
    data: await openDataset([{ name: "train", examples: examples(60, 1) }]),
    validation: await openDataset([{ name: "held out", examples: examples(20, 2) }]),
    loss: createLoss("lce"),
    out: join(folder, "out"),
    learningRate: 5e-3,
    loader: { batchExamples: 6 },
    validateEvery: 5,
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

describe("train", () => {
  it("learns, and writes a folder that loads and ranks", async () => {
    const seen: TrainProgress[] = [];
    const report = await train(await options({ epochs: 4, onProgress: (progress) => seen.push(progress) }));
    expect(report).toMatchObject({ steps: 40, ended: "done", seen: { examples: 240, pairs: 720 } });
    expect(report.curve.at(-1)!.loss).toBeLessThan(0.5 * report.curve[0]!.loss);
    expect(report.best!.value).toBeGreaterThan(0.95);
    expect(seen.at(-1)).toMatchObject({ step: 40, done: 1 });
    const scorer = await loadCrossEncoder(join(folder, "out"), "trained");
    const { scores } = await scorer.score([
      { query: "a 3", document: { text: "of a a to in" } },
      { query: "a 3", document: { text: "the a a to in" } },
    ]);
    await scorer.close();
    expect(scores[1]).toBeGreaterThan(scores[0]!);
  });

  it("resumes to the same bits wherever it was stopped", async () => {
    await train(await options({ out: join(folder, "whole"), epochs: 2 }));
    for (const stop of [1, 4, 13]) {
      const controller = new AbortController();
      const out = join(folder, `stopped-${stop}`);
      const onProgress = ({ step }: TrainProgress) => {
        if (step === stop) controller.abort();
      };
      await expect(
        train(await options({ out, epochs: 2, signal: controller.signal, onProgress })),
      ).rejects.toMatchObject({ code: "ABORTED" });
      expect(existsSync(join(out, `checkpoints/step-${stop}`))).toBe(true);
      await train(await options({ out, epochs: 2, resume: true }));
      expect(weightsOf(out).equals(weightsOf(join(folder, "whole"))), `stopped after ${stop}`).toBe(true);
    }
  });

  it("draws the same dropout for the same seed, resumed or not", async () => {
    const run = async (name: string, more: Partial<TrainOptions>) => {
      const out = join(folder, name);
      const report = await train(await options({ out, dropout: 0.3, seed: 5, ...more }));
      return { report, weights: weightsOf(out) };
    };
    const whole = await run("whole", {});
    const out = join(folder, "stopped");
    const controller = new AbortController();
    const onProgress = ({ step }: TrainProgress) => {
      if (step === 4) controller.abort();
    };
    const { signal } = controller;
    await expect(run("stopped", { signal, onProgress })).rejects.toMatchObject({ code: "ABORTED" });
    expect((await run("stopped", { resume: true })).weights.equals(whole.weights)).toBe(true);
    expect(existsSync(join(out, "model.safetensors"))).toBe(true);
    expect((await run("again", {})).weights.equals(whole.weights)).toBe(true);
    expect((await run("without", { dropout: 0 })).weights.equals(whole.weights)).toBe(false);
  });

  it("validates without dropout", async () => {
    const values = [];
    for (const dropout of [0, 0.5]) {
      const { curve } = await train(await options({ dropout, learningRate: 0, validateEvery: 2 }));
      values.push(curve.map(({ validation }) => validation));
    }
    expect(values[1]).toEqual(values[0]);
    expect(new Set(values[1]).size).toBe(1);
  });

  it("moves every layer less than the one above it with a layer decay", async () => {
    await train(
      await options({
        ...{ layerDecay: 0.5, learningRate: 1e-3, schedule: "constant", warmup: 0, maxSteps: 1 },
        optimizer: { weightDecay: 0, epsilon: 1e-20 },
        validation: undefined,
      }),
    );
    const [before, after] = [await tensorsOf(MODEL), await tensorsOf(join(folder, "out"))];
    // Adam's first step has the length of the rate in every weight.
    const moved = (name: string) => {
      const [from, to] = [before.get(name)!, after.get(name)!];
      return Math.max(...from.map((value, i) => Math.abs(to[i]! - value)));
    };
    const rates = {
      "classifier.weight": 1,
      "bert.pooler.dense.weight": 1,
      "bert.encoder.layer.1.output.dense.weight": 0.5,
      "bert.encoder.layer.0.output.dense.weight": 0.25,
      "bert.embeddings.position_embeddings.weight": 0.125,
    };
    for (const [name, rate] of Object.entries(rates)) expect(moved(name) / 1e-3, name).toBeCloseTo(rate, 2);
  });

  it("refuses to resume another training", async () => {
    await train(await options({ maxSteps: 3 }));
    await expect(train(await options({ maxSteps: 3, resume: true, seed: 9 }))).rejects.toMatchObject({
      code: "INVALID_CHECKPOINT",
    });
  });

  it("refuses a tokenizer with more ids than the model has embeddings", async () => {
    const model = join(folder, "mixed");
    cpSync(MODEL, model, { recursive: true });
    cpSync(join(MODEL, "../roberta-1label/tokenizer.json"), join(model, "tokenizer.json"));
    await expect(train(await options({ model }))).rejects.toMatchObject({
      code: "TOKENIZER_MISMATCH",
      message: expect.stringMatching(/ids up to 299\b.*vocab_size 183\b/),
    });
  });

  it.each(["bert-3labels", "onnx-with-types"])("refuses %s", async (name) => {
    const model = join(MODEL, "..", name);
    await expect(train(await options({ model }))).rejects.toMatchObject({ code: "UNSUPPORTED_FEATURE" });
  });

  it.each([
    ["dropout", 1],
    ["layerDecay", 0],
    ["maxTokens", 65],
  ])("refuses a %s of %d", async (field, value) => {
    await expect(train(await options({ [field]: value }))).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field,
    });
  });

  it("keeps the last good state when the loss is no number any more", async () => {
    const loss = createLoss("mse");
    const out = join(folder, "diverged");
    await expect(train(await options({ out, loss, learningRate: 1e30 }))).rejects.toMatchObject({
      code: "TRAINING_DIVERGED",
    });
  });
});
