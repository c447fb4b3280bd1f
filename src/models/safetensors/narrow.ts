/** The largest finite binary16 number. */
export const MAX_FLOAT16 = 65504;

/** From here on numbers round beyond {@link MAX_FLOAT16}. */
const OVERFLOW = 65520;
/** The smallest normal binary16 number; below it all are multiples of 2⁻²⁴. */
const LEAST_NORMAL = 2 ** -14;

/** Whether a number has a nearest binary16 number that is finite. */
export function fitsFloat16(value: number): boolean {
  return Math.abs(value) < OVERFLOW;
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/**
 * Bits of the binary16 number nearest to a float32 number, of two equally near the one with an even last bit
 * (IEEE 754 roundTiesToEven). The inverse of `float16Bits` where the number is one of binary16.
 *
 * @param value a float32 number that `fitsFloat16`
 */
export function nearestFloat16(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  if (Math.abs(value) < LEAST_NORMAL) {
    // A subnormal of binary16 counts units of 2⁻²⁴; the product is exact. 1024 units are the least normal.
    const units = Math.abs(value) * 2 ** 24;
    const below = Math.floor(units);
    const rest = units - below;
    return sign | (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
  }
  // The exponent loses 127 − 15, the fraction its last 13 bits; a carry runs on into the exponent.
  const shifted = (bits & 0x7fffffff) - (112 << 23);
  return sign | ((shifted + 0xfff + ((shifted >>> 13) & 1)) >>> 13);
}
