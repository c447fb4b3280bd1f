import { hashText } from "../../files/hash.js";

/**
 * A seed for one use of chance (an epoch, an example), from the run's seed and what names the use: 53 bits,
 * so that no state has to be stored to come back to it.
 */
export function deriveSeed(seed: number, ...uses: readonly (string | number)[]): number {
  const name = [seed, ...uses].join("/");
  return (hashText(name) >>> 0) * 2 ** 21 + (hashText(name, 0x5bd1e995) >>> 11);
}
