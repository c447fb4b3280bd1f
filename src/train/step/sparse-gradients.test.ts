import { afterEach, describe, expect, it } from "vitest";
import { arithmetic, type Feeds, Graph, modelBytes, trainingGraph } from "../../onnx/index.js";
import type { OptimizerOptions } from "../optimizer/options.js";
import { learningRateSchedule } from "../optimizer/schedule.js";
import { StepRunner } from "./step-runner.js";
import { distance, recordedTraining, tensors } from "./testing/golden.js";
import { type TrainingModel, trainingParameters } from "./training-model.js";

const { initial, steps } = recordedTraining("lookup");
const TABLE = "embeddings.word_embeddings.weight";

/** classifier(embeddings(ids)) with mean squared error, differentiated by the graph language. */
async function lookup(trainable?: (tensor: string) => boolean): Promise<TrainingModel> {
  const graph = new Graph();
  const { sub, mul, mean } = arithmetic(graph);
  const ids = graph.input("ids", "int32", ["n"]);
  const target = graph.input("target", "float32", ["n", 1]);
  const rows = graph.op("Gather", [graph.weight(TABLE, [12, 4]), ids]);
  const classifier = [graph.weight("classifier.weight", [1, 4]), graph.weight("classifier.bias", [1])];
  const scores = graph.op("Gemm", [rows, ...classifier], { transB: 1 });
  const error = sub(scores, target);
  const training = trainingGraph(graph, { loss: mean(mul(error, error)), scores, trainable });
  const parameters = trainingParameters(training, ["ids", "target"]);
  return { model: await modelBytes(training.graph), loss: training.loss, parameters };
}

const feeds = ({ input, target }: { input: readonly number[]; target: readonly number[] }): Feeds => ({
  ids: { type: "int32", data: Int32Array.from(input), dims: [input.length] },
  target: { type: "float32", data: Float32Array.from(target), dims: [target.length, 1] },
});

const runners: StepRunner[] = [];
afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.close())));

async function open(optimizer: OptimizerOptions, trainable?: (tensor: string) => boolean) {
  const runner = await StepRunner.open({
    training: await lookup(trainable),
    weights: tensors(initial),
    optimizer: { betas: [0.9, 0.98], epsilon: 1e-6, weightDecay: 0.2, ...optimizer },
  });
  runners.push(runner);
  return runner;
}

describe("StepRunner with an embedding table", () => {
  it("does ten steps as torch.optim.AdamW with dense gradients", async () => {
    const runner = await open({ maxGradientNorm: 1, averaging: 0.8 });
    const schedule = learningRateSchedule({ kind: "cosine", steps: 10, warmup: 2 });
    for (const [i, step] of steps.entries()) {
      const { loss, gradientNorm } = await runner.step([feeds(step)], { learningRate: 0.05 * schedule(i) });
      expect(Math.abs(loss / step.loss - 1)).toBeLessThan(1e-5);
      expect(Math.abs(gradientNorm / step.gradientNorm - 1)).toBeLessThan(1e-5);
      expect(distance(await runner.weights(), step.weights)).toBeLessThan(1e-5);
      expect(distance(await runner.weights({ averaged: true }), step.averages)).toBeLessThan(1e-5);
    }
  });

  it("accumulates rows over micro-batches", async () => {
    const [whole, parts] = [await open({}), await open({})];
    for (const { input, target } of steps) {
      const part = (from: number, to: number) =>
        feeds({ input: input.slice(from, to), target: target.slice(from, to) });
      await whole.step([feeds({ input, target })], { learningRate: 0.01 });
      await parts.step([part(0, 2), part(2, 6)], { learningRate: 0.01, shares: [2 / 6, 4 / 6] });
    }
    const expected = Object.fromEntries(
      [...(await whole.weights())].map(([name, data]) => [name, [...data]]),
    );
    expect(distance(await parts.weights(), expected)).toBeLessThan(1e-5);
  });

  it("leaves rows that do not occur alone when told to", async () => {
    const runner = await open({ untouchedRows: "leave", maxGradientNorm: 1 });
    const seen = new Set<number>();
    for (const step of steps) {
      const before = await runner.exportState();
      await runner.step([feeds(step)], { learningRate: 0.05 });
      const after = await runner.exportState();
      for (let row = 0; row < 12; row++) {
        for (const part of ["weights", "firstMoments", "secondMoments"] as const) {
          const [old, now] = [before, after].map((state) =>
            state[part].get(TABLE)!.subarray(4 * row, 4 * row + 4),
          );
          if (step.input.includes(row)) expect(now).not.toEqual(old);
          else expect(now).toEqual(old);
        }
        if (step.input.includes(row)) seen.add(row);
      }
    }
    expect(seen.has(9) && !seen.has(11)).toBe(true);
  });

  it("forgets the rows of a step that diverged", async () => {
    const runner = await open({});
    const undisturbed = await open({});
    const spoilt = { input: [1, 2], target: [Number.POSITIVE_INFINITY, 0] };
    await expect(
      runner.step([feeds(steps[0]!), feeds(spoilt)], { learningRate: 0.05 }),
    ).rejects.toMatchObject({
      code: "TRAINING_DIVERGED",
      field: "feeds[1]",
    });
    for (const each of [runner, undisturbed]) await each.step([feeds(steps[1]!)], { learningRate: 0.05 });
    expect(await runner.weights()).toEqual(await undisturbed.weights());
  });

  it("leaves parameters without a gradient alone", async () => {
    const runner = await open({ averaging: 0.5 }, (tensor) => tensor !== TABLE);
    for (const step of steps) await runner.step([feeds(step)], { learningRate: 0.05 });
    const state = await runner.exportState();
    expect(state.weights.get(TABLE)).toEqual(tensors(initial).get(TABLE));
    expect(state.averages?.get(TABLE)).toEqual(tensors(initial).get(TABLE));
    expect(state.weights.get("classifier.weight")).not.toEqual(tensors(initial).get("classifier.weight"));
    expect([...state.firstMoments.keys()]).toEqual(["classifier.weight", "classifier.bias"]);
    await runner.importState(state);
    expect((await runner.exportState()).weights).toEqual(state.weights);
  });
});
