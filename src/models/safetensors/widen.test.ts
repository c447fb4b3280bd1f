import { describe, expect, it } from "vitest";
import type { FloatDType } from "./dtype.js";
import { widen } from "./widen.js";

const ALL = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

function widened(dtype: FloatDType, elements: Uint16Array<ArrayBuffer> | Float64Array<ArrayBuffer>) {
  const out = new Float32Array(elements.length);
  widen(dtype, new Uint8Array(elements.buffer), out);
  return out;
}

/** The number by the definition of a binary floating-point format, computed in float64. */
function decode(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >> (exponentBits + fractionBits) === 0 ? 1 : -1;
  const top = 2 ** exponentBits - 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  const exponent = Math.floor(bits / 2 ** fractionBits) % 2 ** exponentBits;
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  if (exponent === top) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

describe("widening to float32", () => {
  it.each([
    ["F16", 5, 10],
    ["BF16", 8, 7],
  ] as const)("is exact for every one of the 65536 %s numbers", (dtype, exponentBits, fractionBits) => {
    const out = widened(dtype, ALL);
    const wrong = [...ALL].filter((bits) => !Object.is(out[bits], decode(bits, exponentBits, fractionBits)));
    expect(wrong).toEqual([]);
  });

  it("knows the landmarks of F16", () => {
    const bits = Uint16Array.of(0x0001, 0x03ff, 0x0400, 0x3555, 0x7bff, 0x7c00, 0x8000, 0xc000);
    expect([...widened("F16", bits)]).toEqual([
      2 ** -24,
      2 ** -14 - 2 ** -24,
      2 ** -14,
      1365 / 4096,
      65504,
      Number.POSITIVE_INFINITY,
      -0,
      -2,
    ]);
  });

  it("keeps the payload of a NaN", () => {
    const out = widened("F16", Uint16Array.of(0x7e01, 0xfc01));
    expect([...new Uint32Array(out.buffer)]).toEqual([0x7fc02000, 0xff802000]);
  });

  it("rounds F64 to the nearest float32", () => {
    const values = Float64Array.of(0.1, 1 + 2 ** -24, 1 + 2 ** -24 + 2 ** -40, 1e300, -1e-300);
    expect([...widened("F64", values)]).toEqual([
      Math.fround(0.1),
      1,
      1 + 2 ** -23,
      Number.POSITIVE_INFINITY,
      -0,
    ]);
  });

  it("fills a part of a larger array without touching the rest", () => {
    const whole = new Float32Array(4).fill(7);
    widen("BF16", new Uint8Array(Uint16Array.of(0x3f80, 0xbf80).buffer), whole.subarray(1, 3));
    expect([...whole]).toEqual([7, 1, -1, 7]);
  });
});
