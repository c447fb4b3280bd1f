import type { TokenSequence } from "../../pack.js";

/** Sequences of the given lengths, without meaning. */
export function sequencesOf(...lengths: readonly number[]): TokenSequence[] {
  return lengths.map((length) => ({ ids: new Int32Array(length), typeIds: new Int32Array(length) }));
}
