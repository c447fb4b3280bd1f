import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelMemory } from "./kernel-memory.js";
import { kernelModule } from "./kernels.js";

const LENGTH = 64;
const { kernels, buffer } = kernelMemory(kernelModule(), 4 * 4 * LENGTH);
const [weight, gradient, m, v] = [0, 1, 2, 3].map(
  (i) => new Float32Array(buffer, 4 * LENGTH * i, LENGTH),
) as [Float32Array, Float32Array, Float32Array, Float32Array];

const floats = (options: fc.FloatConstraints = {}) =>
  fc.array(fc.float({ noNaN: true, min: -100, max: 100, ...options }), {
    minLength: LENGTH,
    maxLength: LENGTH,
  });
const settings = {
  ...{ gradientScale: 0.5, keep: 0.999, firstRate: 0.1, secondKeep: 0.99, secondRate: 0.01 },
  ...{ stepSize: 0.03, correction: 1.5, epsilon: 1e-6 },
};

function adamw(count = LENGTH): void {
  const { gradientScale, keep, firstRate, secondKeep, secondRate, stepSize, correction, epsilon } = settings;
  const addresses = [weight, gradient, m, v].map((array) => array.byteOffset) as [
    number,
    number,
    number,
    number,
  ];
  const rates = [
    gradientScale,
    keep,
    firstRate,
    secondKeep,
    secondRate,
    stepSize,
    correction,
    epsilon,
  ] as const;
  kernels.adamw(...addresses, count, ...rates);
}

/** Weight and moments after one step. */
function rounded(w: number, gradient: number, m: number, v: number): readonly [number, number, number] {
  const r = Math.fround;
  const [scale, keep, firstRate, secondKeep, secondRate, stepSize, correction, epsilon] = Object.values(
    settings,
  ).map(r) as [number, number, number, number, number, number, number, number];
  const g = r(gradient * scale);
  const first = r(m + r(firstRate * r(g - m)));
  const second = r(r(secondKeep * v) + r(secondRate * r(g * g)));
  const root = r(r(r(Math.sqrt(second)) * correction) + epsilon);
  const next = r(r(keep * w) - r(r(stepSize * first) / root));
  return [next, Math.abs(first) > 1e-30 ? first : 0, second > 1e-30 ? second : 0];
}

describe("adamw", () => {
  it("computes the formula, rounded to float32 after every operation", () => {
    fc.assert(
      fc.property(floats(), floats(), floats(), floats({ min: 0 }), (w0, g0, m0, v0) => {
        weight.set(w0);
        gradient.set(g0);
        m.set(m0);
        v.set(v0);
        adamw();
        const expected = w0.map((_, i) => rounded(w0[i]!, g0[i]!, m0[i]!, v0[i]!));
        expect([...weight].map((w, i) => [w, m[i]!, v[i]!])).toEqual(expected);
      }),
    );
  });

  it("touches nothing beyond the count", () => {
    for (const array of [weight, gradient, m, v]) array.fill(1);
    adamw(8);
    for (const array of [weight, m, v]) {
      expect(array.subarray(0, 8)).not.toContain(1);
      expect(new Set(array.subarray(8))).toEqual(new Set([1]));
    }
  });

  it("takes moments that are next to nothing for 0, so that they never become denormal", () => {
    weight.fill(0.25);
    gradient.fill(0);
    m.fill(-1e-38);
    v.fill(1e-38);
    m[1] = 1e-25;
    adamw();
    expect([...m.subarray(0, 3)]).toEqual([0, Math.fround(9e-26), 0].map((x) => expect.closeTo(x, 30)));
    expect(v[0]).toBe(0);
    m[0] = 1e-40;
    adamw();
    expect(m[0]).toBe(0);
  });
});

describe("blend", () => {
  it("is a · to + b · from", () => {
    fc.assert(
      fc.property(floats(), floats(), fc.float({ min: -2, max: 2, noNaN: true }), (to, from, a) => {
        weight.set(to);
        gradient.set(from);
        kernels.blend(weight.byteOffset, gradient.byteOffset, LENGTH, a, 1 - a);
        const rest = Math.fround(1 - a);
        const expected = to.map((x, i) => Math.fround(Math.fround(a * x) + Math.fround(rest * from[i]!)));
        expect([...weight]).toEqual(expected);
      }),
    );
  });
});

describe("sumOfSquares", () => {
  it("adds up in float64", () => {
    fc.assert(
      fc.property(floats({ min: -(2 ** 126), max: 2 ** 126 }), (values) => {
        weight.set(values);
        const expected = values.reduce((sum, value) => sum + value * value, 0);
        const sum = kernels.sumOfSquares(weight.byteOffset, LENGTH);
        expect(Math.abs(sum - expected)).toBeLessThanOrEqual(1e-13 * expected);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("does not hide %s", (value) => {
    for (let i = 0; i < LENGTH; i++) {
      weight.fill(0);
      weight[i] = value;
      expect(Number.isFinite(kernels.sumOfSquares(weight.byteOffset, LENGTH))).toBe(false);
    }
  });
});
