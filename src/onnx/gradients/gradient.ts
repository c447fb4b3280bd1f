import type { Graph, Node } from "../graph.js";
import type { Value } from "../value.js";
import type { Arithmetic } from "./arithmetic.js";

/**
 * The derivative of the loss by one value. "rows" is that of a table of which few rows were looked up:
 * row `indices[i]` receives `rows[i]`, and an index that occurs n times receives n of them, to be added up.
 */
export type Gradient =
  | { readonly kind: "dense"; readonly value: Value }
  /** indices int32 [N], rows float32 [N, ...one row of the table]. */
  | { readonly kind: "rows"; readonly indices: Value; readonly rows: Value };

/** A node on the way back, with the functions that formulas are written with. */
export interface Step extends Arithmetic {
  readonly graph: Graph;
  readonly node: Node;
  readonly inputs: readonly Value[];
  /** The node's first output, y. */
  readonly output: Value;
  /** The derivative of the loss by it, of its shape. */
  readonly gradient: Value;
  /**
   * For int32 indices [B, S] of rows [T, ...]: where each row stands among the B·S, int32 [T], when every
   * other place is known to receive no gradient. Undefined when nothing is known.
   */
  inverseOf(indices: Value): Value | undefined;
  /** Makes the node put out more than its first output; see the operator's `outputs` attribute. */
  outputs(count: number): readonly Value[];
}

/**
 * What a gradient is for one input: computed only when someone asks. A dense one may have any shape
 * that broadcasts against the input's: it is summed or expanded to fit.
 */
export type InputGradient = () => Value | Gradient;

/** One operator's derivative: a gradient per input, undefined where there is none. */
export type GradientRule = (step: Step) => readonly (InputGradient | undefined)[];
