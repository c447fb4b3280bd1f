import type { Normalized } from "../normalized.js";

/** Which ends of the whole text a block holds; only there does stripping and prepending happen. */
export interface Edges {
  readonly first: boolean;
  readonly last: boolean;
}

/**
 * One step from raw text to what the model splits. It may work block by block: blocks are cut between
 * an ASCII letter or digit and a space that another one follows.
 */
export type Normalizer = (text: Normalized, edges: Edges) => Normalized;

export const WHOLE: Edges = { first: true, last: true };

export function sequence(steps: readonly Normalizer[]): Normalizer {
  return (text, edges) => steps.reduce((result, step) => step(result, edges), text);
}
