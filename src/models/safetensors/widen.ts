import type { FloatDType } from "./dtype.js";

/**
 * Bits of the binary32 number that equals the binary16 number with bits `half`: sign 1, exponent 5
 * (bias 15), fraction 10. Subnormals, infinities and NaN payloads survive.
 */
export function float16Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  let exponent = (half >> 10) & 0x1f;
  let fraction = half & 0x3ff;
  if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent === 0) {
    if (fraction === 0) return sign >>> 0;
    // A subnormal half is a normal single: shift until the leading one is the implicit one.
    const shift = Math.clz32(fraction) - 21;
    fraction = (fraction << shift) & 0x3ff;
    exponent = 1 - shift;
  }
  return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
}

let table: Uint32Array | undefined;

function float16Table(): Uint32Array {
  table ??= Uint32Array.from({ length: 0x10000 }, (_, half) => float16Bits(half));
  return table;
}

/**
 * Turns little-endian elements into float32: exactly for F16, BF16 and F32, rounded to nearest for F64.
 * `raw` starts at offset 0 of its own buffer and holds as many elements as `out`.
 */
export function widen(dtype: FloatDType, raw: Uint8Array<ArrayBuffer>, out: Float32Array): void {
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  if (dtype === "F64") out.set(new Float64Array(raw.buffer));
  else if (dtype === "F32") bits.set(new Uint32Array(raw.buffer));
  else if (dtype === "BF16") {
    const halves = new Uint16Array(raw.buffer);
    for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  } else {
    const halves = new Uint16Array(raw.buffer);
    const float32 = float16Table();
    for (let i = 0; i < halves.length; i++) bits[i] = float32[halves[i]!]!;
  }
}
