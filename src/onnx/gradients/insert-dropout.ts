import type { Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";
import type { Shape, Value } from "../value.js";

/** An input that a graph with dropout takes besides those it had. */
export interface DropoutMask {
  readonly name: string;
  /** float32; as that of the value it multiplies. */
  readonly shape: Shape;
}

/**
 * Puts a Dropout behind the first output of every node that `where` chooses. Each takes its mask as a graph
 * input `dropout.0`, `dropout.1`, …: 1/(1 − p) with probability 1 − p, else 0.
 *
 * Nothing random happens in the session, so that a step can be repeated bit for bit. The cheap way to feed
 * masks: draw one pool of them with a seeded generator, somewhat longer than the largest mask, and give every
 * mask of every step a stretch of it from an offset that the same generator draws; the offsets (or the
 * generator's state) are all that a checkpoint has to keep.
 */
export function insertDropout(
  graph: Graph,
  where: (node: Node) => boolean = residualBranches(graph),
): { readonly graph: Graph; readonly masks: readonly DropoutMask[] } {
  const masks: DropoutMask[] = [];
  const dropped = rewrite(graph, (node, inputs, target) => {
    if (!where(node)) return undefined;
    const [output, ...others] = target.ops(node.op, inputs, node.attributes) as [Value, ...Value[]];
    const mask = target.input(`dropout.${masks.length}`, "float32", output.shape);
    masks.push({ name: mask.name, shape: mask.shape });
    return [target.op("Dropout", [output, mask]), ...others];
  });
  return { graph: dropped, masks };
}

/**
 * Linear layers whose output is added to something, the sum being normalised: where BERT has its hidden dropout
 * within layers. Sums in a head are not normalised and stay whole.
 */
function residualBranches(graph: Graph): (node: Node) => boolean {
  const normalised = new Set(
    graph.nodes.flatMap(({ op, inputs: [x] }) => (op === "LayerNormalization" ? (x ?? []) : [])),
  );
  const added = new Set(
    graph.nodes.flatMap(({ op, inputs, outputs: [sum] }) =>
      op === "Add" && normalised.has(sum as Value) ? inputs : [],
    ),
  );
  return ({ op, outputs }) => op === "Gemm" && added.has(outputs[0] as Value);
}
