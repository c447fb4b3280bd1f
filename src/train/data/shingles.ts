import { hashText } from "../../files/hash.js";

/**
 * Hashes of all runs of `size` words (Broder, "On the resemblance and containment of documents", 1997),
 * distinct and ascending; none where there are fewer words.
 */
export function shingleHashes(words: readonly string[], size: number): Uint32Array {
  const hashes = Int32Array.from(words, (word) => hashText(word));
  const count = Math.max(0, words.length - size + 1);
  const runs = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0;
    for (let k = 0; k < size; k++) hash = Math.imul(hash ^ hashes[i + k]!, 0x9e3779b1) ^ (hash >>> 15);
    runs[i] = hash;
  }
  runs.sort();
  return runs.filter((run, i) => i === 0 || run !== runs[i - 1]);
}

/** Share of the smaller set's hashes that the other has too; 0 where one is empty. Both ascending. */
export function containment(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return common === 0 ? 0 : common / Math.min(a.length, b.length);
}
