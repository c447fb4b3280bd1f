import { describe, expect, it } from "vitest";
import type { Feeds } from "../../onnx/index.js";
import { DropoutMasks, type MaskSlice } from "./dropout-masks.js";

const INPUTS = [
  { name: "dropout.0", rowsOf: "ids", width: 8 },
  { name: "dropout.1", rowsOf: "firstRows", width: 4 },
];
const feeds = (tokens: number, sequences = 2): Feeds => ({
  ids: { type: "int32", data: new Int32Array(tokens), dims: [tokens] },
  firstRows: { type: "int32", data: new Int32Array(sequences), dims: [sequences] },
});

/** Masks as the worker sees them: stretches of all numbers so far. */
class Store {
  readonly masks: DropoutMasks;
  readonly numbers: number[] = [];

  constructor(rate: number, seed = 0) {
    this.masks = new DropoutMasks(INPUTS, { rate, seed });
  }

  draw(step: number, batch: number, of: Feeds): number[][] {
    const slices = this.masks.slices(step, batch, of);
    for (const number of this.masks.extend(slices) ?? []) this.numbers.push(number);
    return slices.map(({ offset, dims: [rows, width] }: MaskSlice) =>
      this.numbers.slice(offset, offset + rows! * width!),
    );
  }
}

describe("DropoutMasks", () => {
  it("has a mask of the right size for every input", () => {
    const [tokens, sequences] = new Store(0.5).draw(1, 0, feeds(100));
    expect([tokens!.length, sequences!.length]).toEqual([800, 8]);
  });

  it.each([0.1, 0.5])("drops a share of %d and keeps the expectation", (rate) => {
    const [mask] = new Store(rate).draw(1, 0, feeds(20_000));
    const n = mask!.length;
    const zeros = mask!.filter((x) => x === 0).length;
    // Five standard deviations.
    expect(Math.abs(zeros / n - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    expect(mask!.reduce((a, b) => a + b) / n).toBeCloseTo(1, 1);
  });

  it("follows from seed, step and batch, whatever was drawn before", () => {
    const [fresh, used] = [new Store(0.3), new Store(0.3)];
    for (let step = 1; step < 4; step++) used.draw(step, 0, feeds(10_000 * step));
    expect(used.draw(4, 1, feeds(50_000))).toEqual(fresh.draw(4, 1, feeds(50_000)));
    const first = fresh.draw(4, 1, feeds(100));
    for (const [step, batch] of [
      [5, 1],
      [4, 0],
    ] as const) {
      expect(fresh.draw(step, batch, feeds(100))).not.toEqual(first);
    }
    expect(new Store(0.3, 1).draw(4, 1, feeds(100))).not.toEqual(first);
  });

  it("sends nothing twice", () => {
    const { masks } = new Store(0.3);
    expect(masks.extend(masks.slices(1, 0, feeds(100)))?.length).toBeGreaterThan(800);
    expect(masks.extend(masks.slices(2, 0, feeds(100)))).toBeUndefined();
    expect(masks.extend([])).toBeUndefined();
  });

  it.each([-0.1, 1, Number.NaN])("refuses a rate of %d", (rate) => {
    expect(() => new DropoutMasks(INPUTS, { rate, seed: 0 })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "dropout" }),
    );
  });
});
