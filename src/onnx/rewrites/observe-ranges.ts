import type { Graph } from "../graph.js";
import { rewrite } from "../rewrite.js";
import type { Value } from "../value.js";
import { asLinear } from "./linears.js";

/** The outputs that tell the smallest and largest input of some linear layers, which share it. */
export interface ObservedRange {
  readonly tensors: string[];
  readonly min: string;
  readonly max: string;
}

/** Smallest and largest value seen, by the name of the weight that the values meet. */
export type Ranges = ReadonlyMap<string, { readonly min: number; readonly max: number }>;

/**
 * Adds two outputs per input of a linear layer over rows of kind `rows`: its smallest and its largest
 * value. Running the result over sample text tells what `quantizeLinears` needs.
 */
export function observeRanges(
  graph: Graph,
  rows: string,
): { readonly graph: Graph; readonly observed: readonly ObservedRange[] } {
  const byInput = new Map<Value, ObservedRange>();
  const watched = rewrite(graph, (node, inputs, target) => {
    const linear = asLinear(graph, node, rows);
    const x = inputs[0];
    if (linear === undefined || x === undefined) return undefined;
    let range = byInput.get(x);
    if (range === undefined) {
      const [min, max] = (["ReduceMin", "ReduceMax"] as const).map((op) =>
        target.op(op, [x], { keepdims: 0 }),
      );
      range = { tensors: [], min: (min as Value).name, max: (max as Value).name };
      byInput.set(x, range);
      target.output(min as Value);
      target.output(max as Value);
    }
    range.tensors.push(linear.tensor);
    return undefined;
  });
  return { graph: watched, observed: [...byInput.values()] };
}
