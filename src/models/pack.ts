import type { Feeds } from "../onnx/index.js";

/** The tokens of one model input, special tokens included. */
export interface TokenSequence {
  readonly ids: Int32Array;
  readonly typeIds: Int32Array;
}

/** As the graph inputs of a family's features are called. */
export interface FeatureNames {
  /** Whole numbers per token, which embeddings look up beside ids and positions: each int32 [T]. */
  readonly tokens: readonly string[];
  /** Numbers per sequence: float32 [B, size]. */
  readonly sequences: { readonly name: string; readonly size: number };
}

/** What a family's models read beside ids, types and positions. */
export interface SequenceFeatures {
  readonly names: FeatureNames;
  /**
   * Computes a sequence's numbers. They depend on this sequence alone, so that scores do not depend on the
   * batch.
   *
   * @param tokens one array per name, of the sequence's length, filled with 0
   * @param sequence [size]
   */
  write(of: TokenSequence, tokens: readonly Int32Array[], sequence: Float32Array): void;
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
  features?: SequenceFeatures,
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
  const further = features && new FeatureFeeds(features, count, tokens);
  let row = 0;
  sequences.forEach((sequence, b) => {
    const { length } = sequence.ids;
    ids.set(sequence.ids, row);
    types.set(sequence.typeIds, row);
    further?.write(sequence, b, row);
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
    ...further?.feeds(),
  };
}

/** The feeds of a family's features for one batch. */
class FeatureFeeds {
  readonly #features: SequenceFeatures;
  readonly #tokens: readonly Int32Array[];
  readonly #sequences: Float32Array;
  readonly #count: number;

  constructor(features: SequenceFeatures, count: number, tokens: number) {
    this.#features = features;
    this.#count = count;
    this.#tokens = features.names.tokens.map(() => new Int32Array(tokens));
    this.#sequences = new Float32Array(count * features.names.sequences.size);
  }

  /** @param row of the sequence's first token */
  write(sequence: TokenSequence, b: number, row: number): void {
    const { size } = this.#features.names.sequences;
    const end = row + sequence.ids.length;
    const tokens = this.#tokens.map((all) => all.subarray(row, end));
    this.#features.write(sequence, tokens, this.#sequences.subarray(b * size, (b + 1) * size));
  }

  feeds(): Feeds {
    const { tokens: names, sequences } = this.#features.names;
    const ofTokens = names.map((name, i) => {
      const data = this.#tokens[i] as Int32Array;
      return [name, { type: "int32" as const, data, dims: [data.length] }] as const;
    });
    const { name, size } = sequences;
    const dims = [this.#count, size];
    return {
      ...Object.fromEntries(ofTokens),
      [name]: { type: "float32", data: this.#sequences, dims },
    };
  }
}
