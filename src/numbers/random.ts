import { checkWhole } from "./check.js";

/**
 * Random numbers that are the same on every machine for the same seed: xoshiro128** 1.1 (Blackman and
 * Vigna, "Scrambled linear pseudorandom number generators", 2021), whose four 32-bit words of state are
 * the low and high halves of the first two outputs of SplitMix64 for that seed. Not for secrets.
 */
export class Random {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  /** @throws INVALID_OPTION unless `seed` is a whole number from 0 to 2^53 − 1 */
  constructor(seed: number) {
    checkWhole("seed", seed, 0);
    let counter = BigInt(seed);
    const next = () => {
      counter = BigInt.asUintN(64, counter + 0x9e3779b97f4a7c15n);
      return mix64(counter);
    };
    const [first, second] = [next(), next()];
    this.#s0 = Number(BigInt.asIntN(32, first));
    this.#s1 = Number(BigInt.asIntN(32, first >> 32n));
    this.#s2 = Number(BigInt.asIntN(32, second));
    this.#s3 = Number(BigInt.asIntN(32, second >> 32n));
  }

  /** The next 32 bits, from 0 to 2^32 − 1. */
  uint32(): number {
    const s1 = this.#s1;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const s2 = this.#s2 ^ this.#s0;
    const s3 = this.#s3 ^ s1;
    this.#s1 = s1 ^ s2;
    this.#s0 ^= s3;
    this.#s2 = s2 ^ (s1 << 9);
    this.#s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), a multiple of 2^−53: 27 bits of one draw above 26 of the next. */
  float(): number {
    const high = this.uint32() >>> 5;
    return (high * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** Standard normal (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float());
  }

  /**
   * Uniform whole number in [0, bound), without bias: the 2^32 values of a draw are cut into `bound` stretches
   * of equal length, and a draw from the rest is thrown away.
   *
   * @throws INVALID_OPTION unless `bound` is a whole number from 1 to 2^32
   */
  int(bound: number): number {
    checkWhole("bound", bound, 1, 2 ** 32);
    const stretch = Math.floor(2 ** 32 / bound);
    let value = Math.floor(this.uint32() / stretch);
    while (value >= bound) value = Math.floor(this.uint32() / stretch);
    return value;
  }

  /** Shuffles in place (Fisher–Yates from the end) and returns the same array. */
  shuffle<T extends unknown[] | Int32Array | Uint32Array | Float32Array | Float64Array>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }
}

/** The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable PRNGs", 2014). */
function mix64(state: bigint): bigint {
  let z = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
