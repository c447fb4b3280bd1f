import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createModel } from "../../models/lexical/create-model.js";
import { TINY_RARITY, TINY_TOKENIZER } from "../../models/lexical/testing/tiny-vocabulary.js";
import { packSequences, type TokenSequence } from "../../models/pack.js";
import { PairEncoder } from "../../text/index.js";
import type { TrainingBatch } from "../data/index.js";
import { createLoss } from "../losses/losses.js";
import { StepRunner } from "../step/index.js";
import { rankingFeeds, rankingGraphs } from "./ranking-graphs.js";
import { initialWeights, openTrainableModel, type TrainableModel } from "./trainable-model.js";

/** Written with PyTorch in float64, see goldens/gradients. */
const GOLDENS = join(import.meta.dirname, "../../../goldens");
const cases = readdirSync(join(GOLDENS, "gradients")).flatMap((file) =>
  file.endsWith(".json.gz") ? [file.replace(".json.gz", "")] : [],
);

interface Golden {
  readonly targets: readonly number[];
  readonly scores: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const runners: StepRunner[] = [];
afterAll(() => Promise.all(runners.map((runner) => runner.close())));

const goldenFolder = (name: string) => join(GOLDENS, "models", name);

async function open(folder: string, dropout: number) {
  const loss = createLoss("bce");
  const model = await openTrainableModel(folder, (weights, checkpoint) =>
    rankingGraphs(weights, checkpoint, { loss, dropout: dropout > 0 }),
  );
  const runner = await StepRunner.open({
    training: model.training,
    forward: model.forward,
    weights: initialWeights(model),
    dropout: { rate: dropout, seed: 1 },
    threads: 1,
  });
  runners.push(runner);
  return { model, runner };
}

function sequencesOf(name: string): readonly TokenSequence[] {
  const { pairs } = JSON.parse(readFileSync(join(goldenFolder(name), "expected.json"), "utf8"));
  return pairs.map(({ ids, typeIds }: Record<"ids" | "typeIds", number[]>) => ({
    ids: Int32Array.from(ids),
    typeIds: Int32Array.from(typeIds),
  }));
}

/** Each pair a list of its own, as with labelled pairs. */
function batchOf(
  all: readonly TokenSequence[],
  targets: readonly number[],
  { heads, features }: TrainableModel,
): TrainingBatch {
  const sequences = all.slice(0, targets.length);
  const dims = [targets.length, 1];
  const [examples, pairsRead] = [targets.length, targets.length];
  return {
    ...{ examples, pairs: pairsRead, tokens: 0, truncated: 0, next: { epoch: 0, index: 0, batch: 0 } },
    feeds: packSequences(sequences, heads, features),
    index: { type: "int32", data: Int32Array.from(targets.keys()), dims },
    targets: { type: "float32", data: Float32Array.from(targets), dims },
    mask: { type: "float32", data: new Float32Array(targets.length).fill(1), dims },
  };
}

const readGolden = (name: string): Golden =>
  JSON.parse(gunzipSync(readFileSync(join(GOLDENS, "gradients", `${name}.json.gz`))).toString());

describe("a step of the trainer against PyTorch", () => {
  it.each(cases)("%s: scores, loss and gradients", async (name) => {
    const golden = readGolden(name);
    const { model, runner } = await open(goldenFolder(name), 0);
    const batch = batchOf(sequencesOf(name), golden.targets, model);
    const [scores] = Object.values(await runner.forward(batch.feeds));
    for (const [i, score] of golden.scores.entries()) expect(scores!.data[i]).toBeCloseTo(score, 5);
    const { loss } = await runner.step([rankingFeeds(batch)], { learningRate: 0 });
    expect(loss).toBeCloseTo(golden.loss, 5);
    // The first moment after the first step is a tenth of the gradient.
    const { firstMoments } = await runner.exportState();
    for (const [tensor, wanted] of Object.entries(golden.gradients)) {
      const norm = Math.hypot(...wanted);
      const moment = firstMoments.get(tensor);
      // The last layer computes no keys, whose bias shifts all logits of a query alike.
      if (moment === undefined) expect([tensor.includes("key.bias"), norm < 1e-9]).toEqual([true, true]);
      else {
        const apart = wanted.map((value, i) => 10 * moment[i]! - value);
        expect(Math.hypot(...apart), tensor).toBeLessThan(1e-4 * norm + 1e-6);
      }
    }
  });
});

describe("a step with our own family", () => {
  it("has the gradients of each pair alone: padding adds nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ranking-"));
    const shape = { layers: 2, hiddenSize: 16, heads: 2, embeddingSize: 8, maxTokens: 64 };
    await createModel(folder, { shape, tokenizer: TINY_TOKENIZER, rarity: TINY_RARITY, seed: 3 });
    const { model, runner } = await open(folder, 0);
    rmSync(folder, { recursive: true });
    const encoder = new PairEncoder(model.tokenizer, { maxTokens: 64 });
    const pairs = [
      ["iron magnet", "the iron pulls, the magnets pull"],
      ["the cat", "under the river, a cat and an iron magnet that pulls the cat"],
    ] as const;
    const encode = ([query, text]: readonly [string, string]): TokenSequence =>
      encoder.encodeDocument(encoder.encodeQuery(query), { text }).sequences[0]!;
    const [short, long] = [encode(pairs[0]), encode(pairs[1])];
    const start = await runner.exportState();
    const gradientsOf = async (chosen: readonly TokenSequence[], targets: readonly number[]) => {
      await runner.importState(start);
      await runner.step([rankingFeeds(batchOf(chosen, targets, model))], { learningRate: 0 });
      return (await runner.exportState()).firstMoments;
    };
    const together = await gradientsOf([short, long], [1, 0]);
    const alone = [await gradientsOf([short], [1]), await gradientsOf([long], [0])];
    for (const [tensor, gradient] of together) {
      const mean = gradient.map((_, i) =>
        alone.reduce((sum, gradients) => sum + gradients.get(tensor)![i]! / 2, 0),
      );
      const apart = gradient.map((value, i) => value - mean[i]!);
      expect(Math.hypot(...apart), tensor).toBeLessThan(1e-4 * Math.hypot(...mean) + 1e-8);
    }
  });
});

describe("dropout", () => {
  it("changes steps, not the forward pass", async () => {
    const name = "bert-1label";
    const { targets } = readGolden(name);
    const [plain, dropped] = [await open(goldenFolder(name), 0), await open(goldenFolder(name), 0.5)];
    expect(dropped.model.training.masks).toHaveLength(4);
    expect(plain.model.training.masks).toEqual([]);
    const batch = batchOf(sequencesOf(name), targets, plain.model);
    const forward = async ({ runner }: typeof plain) =>
      Object.values(await runner.forward(batch.feeds)).map(({ data }) => [...data]);
    expect(await forward(dropped)).toEqual(await forward(plain));
    const loss = async ({ runner }: typeof plain) =>
      (await runner.step([rankingFeeds(batch)], { learningRate: 0 })).loss;
    const whole = await loss(plain);
    const losses = [await loss(dropped), await loss(dropped)];
    expect(new Set([whole, ...losses]).size).toBe(3);
  });

  it("keeps the mean of what it drops", async () => {
    const { model, runner } = await open(goldenFolder("bert-1label"), 0.1);
    const batch = batchOf(sequencesOf("bert-1label"), readGolden("bert-1label").targets, model);
    const whole = (await open(goldenFolder("bert-1label"), 0)).runner;
    const { loss } = await whole.step([rankingFeeds(batch)], { learningRate: 0 });
    let sum = 0;
    for (let i = 0; i < 50; i++) sum += (await runner.step([rankingFeeds(batch)], { learningRate: 0 })).loss;
    expect(sum / 50).toBeCloseTo(loss, 1);
  });
});
