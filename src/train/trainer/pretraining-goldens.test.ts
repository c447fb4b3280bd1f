import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { packSequences } from "../../models/pack.js";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import type { MlmBatch } from "../data/index.js";
import { StepRunner } from "../step/index.js";
import { mlmFeeds, mlmGraphs } from "./mlm-graphs.js";
import { initialWeights, openTrainableModel } from "./trainable-model.js";

/** Written by goldens/pretraining/make.py with PyTorch in float64. */
const GOLDENS = join(import.meta.dirname, "../../../goldens");
const cases = readdirSync(join(GOLDENS, "pretraining")).flatMap((file) =>
  file.endsWith(".json.gz") ? [file.replace(".json.gz", "")] : [],
);

interface Golden {
  readonly head: Readonly<Record<string, { readonly shape: number[]; readonly data: number[] }>>;
  readonly sequences: readonly Record<"ids" | "typeIds" | "positions" | "labels", number[]>[];
  readonly loss: number;
  readonly accuracy: number;
  readonly gradients: Readonly<Record<string, readonly [norm: number, product: number]>>;
}

const scratch = new TemporaryFolder();
const runners: StepRunner[] = [];
afterAll(() => Promise.all(runners.map((runner) => runner.close())));

/** The checkpoint of the models room with the head of the golden. */
async function openWithHead(name: string, { head }: Golden) {
  const folder = join(scratch.path, name);
  cpSync(join(GOLDENS, "models", name), folder, { recursive: true });
  const checkpoint = await openCheckpoint(folder);
  const tensors = [];
  for (const tensor of checkpoint.names()) {
    tensors.push({
      name: tensor,
      shape: checkpoint.info(tensor).shape,
      data: await checkpoint.read(tensor),
    });
  }
  await checkpoint.close();
  for (const [tensor, { shape, data }] of Object.entries(head)) {
    tensors.push({ name: tensor, shape, data: Float32Array.from(data) });
  }
  await writeSafetensors(join(folder, "model.safetensors"), tensors);
  const model = await openTrainableModel(folder, (weights, open) =>
    mlmGraphs(weights, open, { dropout: false }),
  );
  const runner = await StepRunner.open({
    training: model.training,
    forward: model.forward,
    weights: initialWeights(model),
    threads: 1,
  });
  runners.push(runner);
  return { model, runner };
}

function batchOf({ sequences }: Golden, heads: number): Pick<MlmBatch, "feeds" | "positions" | "labels"> {
  const packed = sequences.map(({ ids, typeIds }) => ({
    ids: Int32Array.from(ids),
    typeIds: Int32Array.from(typeIds),
  }));
  const feeds = packSequences(packed, heads);
  const rows = sequences.flatMap(({ positions }, i) =>
    positions.map((place) => Number(feeds.firstRows!.data[i]) + place),
  );
  const labels = sequences.flatMap((sequence) => sequence.labels);
  return {
    feeds,
    positions: { type: "int32", data: Int32Array.from(rows), dims: [rows.length] },
    labels: { type: "int64", data: BigInt64Array.from(labels, BigInt), dims: [labels.length] },
  };
}

describe("masked language modelling against PyTorch", () => {
  it("has cases", () => expect(cases).toHaveLength(4));

  it.each(cases)("%s: loss, accuracy and the gradient of every tensor", async (name) => {
    const golden: Golden = JSON.parse(
      gunzipSync(readFileSync(join(GOLDENS, "pretraining", `${name}.json.gz`))).toString(),
    );
    const { model, runner } = await openWithHead(name, golden);
    const feeds = mlmFeeds(batchOf(golden, model.heads) as MlmBatch);
    const [loss, accuracy] = Object.values(await runner.forward(feeds));
    expect(loss!.data[0]).toBeCloseTo(golden.loss, 5);
    expect(accuracy!.data[0]).toBeCloseTo(golden.accuracy, 6);

    const step = await runner.step([feeds], { learningRate: 0 });
    expect(step.loss).toBeCloseTo(golden.loss, 5);
    expect(step.measures).toEqual([expect.closeTo(golden.accuracy, 6)]);
    // The first moment after the first step is a tenth of the gradient.
    const { firstMoments } = await runner.exportState();
    expect([...firstMoments.keys()].sort()).toEqual(Object.keys(golden.gradients).sort());
    for (const [tensor, [norm, product]] of Object.entries(golden.gradients)) {
      const gradient = firstMoments.get(tensor)!.map((moment) => 10 * moment);
      const tolerance = 1e-4 * norm + 1e-6;
      expect(Math.abs(Math.hypot(...gradient) - norm), tensor).toBeLessThan(tolerance);
      const found = gradient.reduce((sum, value, i) => sum + value * Math.cos(i), 0);
      // The vector of cosines is about √(n/2) long.
      const length = Math.sqrt(gradient.length / 2);
      expect(Math.abs(found - product), tensor).toBeLessThan(tolerance * Math.max(1, length));
    }
  });
});
