import type { Feeds } from "../onnx/index.js";

/** The tokens of one model input, special tokens included. */
export interface TokenSequence {
  readonly ids: Int32Array;
  readonly typeIds: Int32Array;
}

/** Further whole numbers per token, which a family's embeddings look up beside ids and positions. */
export interface TokenFeatures {
  /** The graph inputs that they feed, each int32 [T]. */
  readonly names: readonly string[];
  /**
   * Writes a sequence's numbers into arrays, one per name, from index `at` on. They depend on this sequence
   * alone, so that scores do not depend on the batch.
   */
  write(sequence: TokenSequence, into: readonly Int32Array[], at: number): void;
}

/** Added to the logits of padding: far below any real logit, yet finite. */
const MASKED = -1e9;

/**
 * The feeds of a packed graph (architectures/packed-inputs.ts) for one batch: the sequences' tokens
 * end to end, and the indices by which attention pads them to the longest, S.
 *
 * @param heads attention heads of the model
 * @param features of families that declare some
 */
export function packSequences(
  sequences: readonly TokenSequence[],
  heads: number,
  features?: TokenFeatures,
): Feeds {
  const count = sequences.length;
  const slots = sequences.reduce((longest, { ids }) => Math.max(longest, ids.length), 0);
  const tokens = sequences.reduce((sum, { ids }) => sum + ids.length, 0);
  const ids = new Int32Array(tokens);
  const types = new Int32Array(tokens);
  const positions = new Int32Array(tokens);
  const firstRows = new Int32Array(count);
  const slotRows = new Int32Array(count * slots);
  const headRows = new Int32Array(count * heads * slots);
  const contextRows = new Int32Array(tokens * heads);
  const mask = new Float32Array(count * slots);
  const further = (features?.names ?? []).map((name) => ({ name, data: new Int32Array(tokens) }));
  const furtherData = further.map(({ data }) => data);
  let row = 0;
  sequences.forEach((sequence, b) => {
    const { length } = sequence.ids;
    ids.set(sequence.ids, row);
    types.set(sequence.typeIds, row);
    features?.write(sequence, furtherData, row);
    firstRows[b] = row;
    mask.fill(MASKED, b * slots + length, (b + 1) * slots);
    for (let h = 0; h < heads; h++) {
      const start = (b * heads + h) * slots;
      for (let s = 0; s < length; s++) {
        headRows[start + s] = (row + s) * heads + h;
        contextRows[(row + s) * heads + h] = start + s;
      }
      headRows.fill(row * heads + h, start + length, start + slots);
    }
    for (let s = 0; s < length; s++) {
      positions[row + s] = s;
      slotRows[b * slots + s] = row + s;
    }
    slotRows.fill(row, b * slots + length, (b + 1) * slots);
    row += length;
  });
  return {
    ids: { type: "int32", data: ids, dims: [tokens] },
    types: { type: "int32", data: types, dims: [tokens] },
    positions: { type: "int32", data: positions, dims: [tokens] },
    slotRows: { type: "int32", data: slotRows, dims: [count, slots] },
    headRows: { type: "int32", data: headRows, dims: [count, heads, slots] },
    contextRows: { type: "int32", data: contextRows, dims: [tokens, heads] },
    mask: { type: "float32", data: mask, dims: [count, 1, 1, slots] },
    firstRows: { type: "int32", data: firstRows, dims: [count] },
    ...Object.fromEntries(
      further.map(({ name, data }) => [name, { type: "int32" as const, data, dims: [tokens] }]),
    ),
  };
}
