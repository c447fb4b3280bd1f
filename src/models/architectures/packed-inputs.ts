import type { Graph, Value } from "../../onnx/index.js";
import type { FeatureNames } from "../pack.js";

/**
 * The inputs of a forward pass over packed sequences: T tokens of B sequences one after another,
 * without padding. Only attention pads, to S slots. All int32 but the mask and what is said to be float32.
 */
export interface PackedInputs {
  /** [T] */
  readonly ids: Value;
  /** [T] */
  readonly types: Value;
  /** [T] position of each token in its sequence, from 0. */
  readonly positions: Value;
  /** [B, S] token of each slot. */
  readonly slotRows: Value;
  /** [B, heads, S] row of each slot among the T·heads rows of one head each. */
  readonly headRows: Value;
  /** [T, heads] where each token's context stands among B·heads·S rows. */
  readonly contextRows: Value;
  /** [B, 1, 1, S] 0 for tokens, a large negative number for padding. */
  readonly mask: Value;
  /** [B] row of each sequence's first token. */
  readonly firstRows: Value;
  /** What the family declares as its features, by name: [T] of tokens, float32 [B, size] of sequences. */
  readonly features: Readonly<Record<string, Value>>;
}

/** @param features of the family, where it has some */
export function packedInputs(graph: Graph, heads: number, features?: FeatureNames): PackedInputs {
  const { tokens = [], sequences } = features ?? {};
  return {
    ids: graph.input("ids", "int32", ["tokens"]),
    types: graph.input("types", "int32", ["tokens"]),
    positions: graph.input("positions", "int32", ["tokens"]),
    slotRows: graph.input("slotRows", "int32", ["sequences", "slots"]),
    headRows: graph.input("headRows", "int32", ["sequences", heads, "slots"]),
    contextRows: graph.input("contextRows", "int32", ["tokens", heads]),
    mask: graph.input("mask", "float32", ["sequences", 1, 1, "slots"]),
    firstRows: graph.input("firstRows", "int32", ["sequences"]),
    features: {
      ...Object.fromEntries(tokens.map((name) => [name, graph.input(name, "int32", ["tokens"])])),
      ...(sequences && {
        [sequences.name]: graph.input(sequences.name, "float32", ["sequences", sequences.size]),
      }),
    },
  };
}
