import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adamwStep } from "../optimizer/adamw.js";
import { kernelModule } from "../optimizer/kernels.js";
import { optimizerSettings } from "../optimizer/options.js";
import { parameterGroups } from "../optimizer/parameter-groups.js";
import { learningRateSchedule } from "../optimizer/schedule.js";
import { checkRows, checkSize, memoryLayout, packRegion, unpackRegion } from "./memory-layout.js";
import { distance, recordedTraining, tensors } from "./testing/golden.js";
import { clippingFactor, TrainingMemory } from "./training-memory.js";
import type { TrainingParameter } from "./training-model.js";

const REGIONS = [
  "weights",
  "gradients",
  "firstMoments",
  "secondMoments",
  "averages",
  "contributions",
] as const;

function memoryOf(parameters: readonly TrainingParameter[]) {
  const layout = memoryLayout(parameters);
  return { layout, memory: new TrainingMemory({ layout, regions: REGIONS, kernels: kernelModule() }) };
}

describe("TrainingMemory", () => {
  it("does ten steps as torch.optim.AdamW with clipping, groups, a schedule and averages", () => {
    const { shapes, groups, initial, steps } = recordedTraining("mlp");
    const parameters = Object.entries(shapes).map(([name, shape]): TrainingParameter => {
      return { name, shape, gradient: { kind: "dense", output: `${name}.gradient` } };
    });
    const { layout, memory } = memoryOf(parameters);
    const settings = optimizerSettings({
      betas: [0.9, 0.98],
      epsilon: 1e-3,
      weightDecay: 0.1,
      layerDecay: 0.8,
    });
    const ours = parameterGroups(Object.keys(shapes), settings.layerDecay);
    expect(ours).toEqual(
      Object.values(groups).map((group) => ({ ...group, rateScale: expect.closeTo(group.rateScale, 12) })),
    );
    const schedule = learningRateSchedule({ kind: "linear", steps: 10, warmup: 3 });
    for (const region of ["weights", "averages"] as const)
      memory.region(region).set(packRegion(tensors(initial), layout.slots));
    for (const [i, { gradients, gradientNorm, weights, averages }] of steps.entries()) {
      memory.region("gradients").set(packRegion(tensors(gradients), layout.slots));
      const norm = memory.gradientNorm();
      expect(Math.abs(norm / gradientNorm - 1)).toBeLessThan(1e-6);
      memory.update(adamwStep(i + 1, 0.02 * schedule(i), ours, settings), clippingFactor(norm, 4), "update");
      memory.average(0.9);
      expect(distance(unpackRegion(memory.region("weights"), layout.slots), weights)).toBeLessThan(1e-6);
      expect(distance(unpackRegion(memory.region("averages"), layout.slots), averages)).toBeLessThan(1e-6);
    }
  });

  it("refuses what cannot be laid out", () => {
    const dense = { kind: "dense", output: "d" } as const;
    expect(() => memoryLayout([])).toThrow(/nothing to train/);
    expect(() => memoryLayout([{ name: "a", shape: [2] }])).toThrow(/nothing to train/);
    expect(() => memoryLayout([{ name: "a", shape: [2, 0], gradient: dense }])).toThrow(
      /shape of "a" is \[2,0\]/,
    );
    const [a, b] = ["a", "b"].map((name) => ({ name, shape: [2], gradient: dense }));
    expect(() => memoryLayout([a!, b!])).toThrow(/parameters is "d"/);
    const table = { kind: "rows", indices: "i", rows: "r" } as const;
    expect(() => checkRows([{ name: "a", shape: [9, 3], gradient: table }])).toThrow(/rows of "a" hold 3/);
    const large = memoryLayout([{ name: "a", shape: [2 ** 28], gradient: dense }]);
    expect(() => checkSize(large, 5)).toThrow(/at most 214748364 numbers/);
    checkSize(large, 4);
  });

  it("adds rows up, shares them, counts them in the norm and forgets them", () => {
    for (const width of [3, 4]) {
      const { memory } = memoryOf([
        { name: "head", shape: [2], gradient: { kind: "dense", output: "d" } },
        { name: "table", shape: [5, width], gradient: { kind: "rows", indices: "i", rows: "r" } },
      ]);
      memory.view("gradients", 0).set([3, 4]);
      const rows = Float32Array.from({ length: 3 * width }, (_, i) => i);
      memory.addRows(1, Int32Array.of(4, 0, 4), rows, 0.5);
      memory.addRows(1, BigInt64Array.of(0n), rows.subarray(0, width), 1);
      const at = (row: number) => [...memory.view("gradients", 1).subarray(row * width, (row + 1) * width)];
      const columns = Array.from({ length: width }, (_, i) => i);
      expect(at(4)).toEqual(columns.map((i) => 0.5 * (i + 2 * width + i)));
      expect(at(0)).toEqual(columns.map((i) => 0.5 * (width + i) + i));
      expect(at(2)).toEqual(columns.map(() => 0));
      expect(memory.gradientNorm()).toBeCloseTo(Math.hypot(3, 4, ...at(4), ...at(0)), 12);
      memory.clearRows();
      expect(memory.gradientNorm()).toBe(5);
    }
  });
});

describe("clippingFactor", () => {
  it("never raises a norm and brings it down to the limit", () => {
    const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (norm, most) => {
        const factor = clippingFactor(norm, most);
        expect(factor).toBeGreaterThan(0);
        expect(factor).toBeLessThanOrEqual(1);
        expect(norm * factor).toBeLessThanOrEqual(Math.min(norm, most) * (1 + 1e-15));
      }),
    );
    expect(clippingFactor(1e9, undefined)).toBe(1);
  });
});
