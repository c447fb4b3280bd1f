import { afterEach, describe, expect, it } from "vitest";
import type { Feeds } from "../../onnx/index.js";
import type { OptimizerOptions } from "../optimizer/options.js";
import { StepRunner } from "./step-runner.js";
import { inputs, type Mlp, mlp, samples } from "./testing/mlp.js";
import type { Tensors } from "./training-model.js";

const model: Mlp = await mlp();
const runners: StepRunner[] = [];
afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.close())));

async function open(optimizer: OptimizerOptions = {}): Promise<StepRunner> {
  const runner = await StepRunner.open({ ...model, optimizer });
  runners.push(runner);
  return runner;
}

const plain = (tensors: Tensors) => Object.fromEntries([...tensors].map(([name, data]) => [name, [...data]]));
const error = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );

describe("StepRunner", () => {
  it("learns", async () => {
    const runner = await open();
    const losses: number[] = [];
    for (let i = 0; i < 200; i++)
      losses.push((await runner.step([samples(16)], { learningRate: 0.02 })).loss);
    expect(losses.at(-1)).toBeLessThan(0.05 * losses[0]!);
    expect(runner.steps).toBe(200);
  });

  it("gives the same bits in every run", async () => {
    const [a, b] = [await open(), await open()];
    for (const runner of [a, b]) {
      for (let i = 0; i < 20; i++) await runner.step([samples(64, i)], { learningRate: 0.01 });
    }
    expect(plain(await a.weights())).toEqual(plain(await b.weights()));
  });

  it("accumulates: micro-batches equal the whole batch", async () => {
    const [whole, halves, uneven] = [await open(), await open(), await open()];
    for (let i = 0; i < 5; i++) {
      const one = await whole.step([samples(8, i)], { learningRate: 0.01 });
      const two = await halves.step([samples(4, i), samples(4, i + 4)], { learningRate: 0.01 });
      const three = await uneven.step([samples(1, i), samples(2, i + 1), samples(5, i + 3)], {
        learningRate: 0.01,
        shares: [1 / 8, 2 / 8, 5 / 8],
      });
      for (const other of [two, three]) {
        expect(other.loss).toBeCloseTo(one.loss, 6);
        expect(other.gradientNorm).toBeCloseTo(one.gradientNorm, 6);
      }
    }
    for (const [name, data] of await whole.weights()) {
      for (const runner of [halves, uneven]) {
        const other = (await runner.weights()).get(name)!;
        for (const [i, value] of data.entries()) expect(other[i]).toBeCloseTo(value, 5);
      }
    }
  });

  it("continues from an exported state bit for bit", async () => {
    const optimizer = { averaging: 0.9, maxGradientNorm: 0.5 };
    const undisturbed = await open(optimizer);
    const first = await open(optimizer);
    const step = (runner: StepRunner, i: number) => runner.step([samples(8, i)], { learningRate: 0.01 });
    for (let i = 0; i < 7; i++) await step(undisturbed, i);
    for (let i = 0; i < 4; i++) await step(first, i);
    const state = structuredClone(await first.exportState());
    expect(state.steps).toBe(4);

    const second = await open(optimizer);
    await second.step([samples(3)], { learningRate: 1 });
    await second.importState(state);
    for (let i = 4; i < 7; i++) await step(second, i);
    const [end, expected] = [await second.exportState(), await undisturbed.exportState()];
    expect(end.steps).toBe(7);
    for (const part of ["weights", "firstMoments", "secondMoments", "averages"] as const)
      expect(plain(end[part]!)).toEqual(plain(expected[part]!));
  });

  it("reports a loss that is not finite and changes nothing", async () => {
    const runner = await open({ averaging: 0.9 });
    await runner.step([samples(4)], { learningRate: 0.01 });
    const before = await runner.exportState();
    const spoilt: Feeds = {
      ...samples(4),
      target: { type: "float32", data: Float32Array.of(1, 2, Number.NaN, 4), dims: [4, 1] },
    };
    expect(await error(runner.step([samples(4), spoilt], { learningRate: 0.01 }))).toMatchObject({
      code: "TRAINING_DIVERGED",
      field: "feeds[1]",
      value: Number.NaN,
      message: expect.stringContaining("the loss of feeds[1] is NaN in step 2, which was not applied"),
    });
    const after = await runner.exportState();
    expect(after.steps).toBe(1);
    expect(plain(after.weights)).toEqual(plain(before.weights));
    expect(plain(after.firstMoments)).toEqual(plain(before.firstMoments));
    expect((await runner.step([samples(4)], { learningRate: 0.01 })).loss).toBeLessThan(10);
  });

  it("reports a gradient that is not finite although the loss is", async () => {
    const runner = await open();
    const saturated = samples(2);
    saturated.x!.data.set([Number.POSITIVE_INFINITY] as never);
    expect(await error(runner.step([saturated], { learningRate: 0.01 }))).toMatchObject({
      code: "TRAINING_DIVERGED",
      field: "gradientNorm",
      value: Number.NaN,
    });
    expect(plain(await runner.weights())).toEqual(plain(model.weights));
  });

  it("does overlapping calls in order", async () => {
    const [queued, awaited] = [await open(), await open()];
    const calls = [0, 1, 2].map((i) => queued.step([samples(8, i)], { learningRate: 0.01 }));
    const state = queued.exportState();
    const late = queued.step([samples(8, 3)], { learningRate: 0.01 });
    const losses = (await Promise.all(calls)).map(({ loss }) => loss);
    await late;
    const expected: number[] = [];
    for (let i = 0; i < 3; i++)
      expected.push((await awaited.step([samples(8, i)], { learningRate: 0.01 })).loss);
    expect(losses).toEqual(expected);
    expect((await state).steps).toBe(3);
    expect(plain((await state).weights)).toEqual(plain(await awaited.weights()));
  });

  it("runs the forward pass with the weights or their average", async () => {
    const runner = await open({ averaging: 0.5 });
    const scores = async (averaged: boolean) =>
      Object.values(await runner.forward(inputs(samples(5)), { averaged }))[0]!.data;
    const initial = await scores(false);
    expect(await scores(true)).toEqual(initial);
    await runner.step([samples(5)], { learningRate: 0.1 });
    const [now, average] = [await scores(false), await scores(true)];
    expect(now).not.toEqual(initial);
    expect(average).not.toEqual(now);
    const [weights, averages] = [await runner.weights(), await runner.weights({ averaged: true })];
    for (const [name, data] of averages)
      for (const [i, value] of data.entries())
        expect(value).toBeCloseTo(0.5 * (model.weights.get(name)![i]! + weights.get(name)![i]!), 6);
  });

  it("leaves the caller's thread free", async () => {
    const runner = await open();
    let turns = 0;
    const ticking = setInterval(() => turns++, 0);
    for (let i = 0; i < 3; i++) await runner.step([samples(50_000)], { learningRate: 0 });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
  });

  it("goes on after a run that ONNX Runtime refused, and ends with close", async () => {
    const runner = await open();
    const { target: _, ...incomplete } = samples(4);
    const refused = await error(runner.step([incomplete], { learningRate: 0.01 }));
    expect(refused).toMatchObject({ code: "SESSION_FAILED", message: expect.stringContaining("target") });
    expect(runner.steps).toBe(0);
    await runner.step([samples(4)], { learningRate: 0.01 });
    await runner.close();
    expect(await error(runner.step([samples(4)], { learningRate: 0.01 }))).toMatchObject({
      code: "SESSION_FAILED",
    });
  });

  it.each([
    ["feeds.length", [], { learningRate: 1 }],
    ["learningRate", [samples(1)], { learningRate: Number.NaN }],
    ["learningRate", [samples(1)], { learningRate: -1 }],
    ["shares.length", [samples(1)], { learningRate: 1, shares: [0.5, 0.5] }],
    ["shares[0]", [samples(1)], { learningRate: 1, shares: [0] }],
  ])("refuses a wrong %s", async (field, feeds, options) => {
    const runner = await open();
    expect(await error(runner.step(feeds, options))).toMatchObject({ code: "INVALID_OPTION", field });
  });

  it("refuses weights that do not fit, a broken graph, and what was not asked for when opening", async () => {
    const { training, weights } = model;
    const missing = new Map([...weights].slice(1));
    expect(await error(StepRunner.open({ training, weights: missing }))).toMatchObject({
      code: "MISSING_TENSOR",
    });
    const short = new Map([...weights, ["classifier.weight", new Float32Array(3)]] as const);
    expect(await error(StepRunner.open({ training, weights: short }))).toMatchObject({
      code: "TENSOR_SHAPE",
      message: 'tensor "classifier.weight" holds 3 numbers, but its shape [1, 4] needs 4',
    });
    const broken = { ...training, model: Uint8Array.of(1, 2, 3) };
    expect(await error(StepRunner.open({ training: broken, weights }))).toMatchObject({
      code: "SESSION_FAILED",
    });
    const runner = await StepRunner.open({ training, weights });
    runners.push(runner);
    expect(await error(runner.forward({}))).toMatchObject({ code: "INVALID_OPTION", field: "forward" });
    expect(await error(runner.weights({ averaged: true }))).toMatchObject({ field: "averaged" });
  });
});
