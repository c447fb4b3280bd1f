import type { Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";
import type { Value } from "../value.js";

/**
 * Where attention has one query per sequence, keys and values need not be computed for every token:
 * q·(W_k x + b_k) = (W_kᵀq)·x + a constant that the softmax drops, and
 * Σ p(W_v x + b_v) = W_v(Σ p x) + b_v. Per token that leaves 4·heads·H operations of 4·H². Exact
 * up to rounding. Applies to Attention nodes that `keepFirstRows` has narrowed.
 *
 * @param slotRows the graph input [B, S] that names each slot's token
 */
export function absorbProjections(graph: Graph, slotRows: string): Graph {
  return rewrite(graph, (node, inputs, target) => {
    if (node.op !== "Attention" || node.attributes.firstOnly !== 1) return undefined;
    const [q, k, v, headRows, , mask] = inputs as [Value, Value, Value, Value, Value, Value];
    const key = projectionOf(target, k);
    const value = projectionOf(target, v);
    const slots = target.inputs.find(({ name }) => name === slotRows);
    if (key === undefined || value === undefined || key.x !== value.x || slots === undefined)
      return undefined;
    const heads = headRows.shape[1] as number;
    const width = q.shape[1] as number;
    const size = width / heads;
    const [sequences] = q.shape as [string];
    /** [B, heads · n] as [heads, B, n], or back. */
    const swap = (x: Value) => target.op("Transpose", [x], { perm: [1, 0, 2] });
    const perHead = (weight: Value) => target.reshape(weight, [heads, size, width]);

    const queries = swap(target.reshape(q, [sequences, heads, size]));
    const keyed = swap(target.op("MatMul", [queries, perHead(key.weight)]));
    const tokens = target.op("Gather", [key.x, slots]);
    const alpha = 1 / Math.sqrt(size);
    const logits = target.op("FusedMatMul", [keyed, tokens], { transB: 1, alpha });
    const masked = target.op("Add", [logits, target.reshape(mask, [sequences, 1, "slots"])]);
    const mixed = target.op("MatMul", [target.op("Softmax", [masked], { axis: -1 }), tokens]);
    const context = target.op("FusedMatMul", [swap(mixed), perHead(value.weight)], { transB: 1 });
    return [target.op("Add", [target.reshape(swap(context), [sequences, width]), value.bias])];
  });
}

/** x, W and b of the linear layer that makes `value`, if one does. */
function projectionOf(graph: Graph, value: Value) {
  const node: Node | undefined = graph.nodes.find(({ outputs }) => outputs[0] === value);
  const [x, weight, bias] = node?.inputs ?? [];
  if (node?.op !== "Gemm" || node.attributes.transB !== 1) return undefined;
  return x === undefined || weight === undefined || bias === undefined ? undefined : { x, weight, bias };
}
