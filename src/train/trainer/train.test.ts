import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Random } from "../../evaluate/statistics/random.js";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openDataset } from "../data/index.js";
import type { TrainingExample } from "../example.js";
import { createLoss } from "../losses/losses.js";
import { type TrainOptions, type TrainProgress, train } from "./train.js";

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

  it("refuses to resume another training", async () => {
    await train(await options({ maxSteps: 3 }));
    await expect(train(await options({ maxSteps: 3, resume: true, seed: 9 }))).rejects.toMatchObject({
      code: "INVALID_CHECKPOINT",
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
