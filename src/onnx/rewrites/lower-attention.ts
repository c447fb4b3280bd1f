import type { Graph } from "../graph.js";
import { rewrite } from "../rewrite.js";
import { graphError, type Value } from "../value.js";

/**
 * Replaces each Attention by operators of the runtime. One Gather per projection pads, splits the
 * heads and transposes at once: seen as rows of one head each, `[T·heads, d]`, it is a row lookup.
 * Padded slots repeat a real row; the mask takes them out of the softmax.
 */
export function lowerAttention(graph: Graph): Graph {
  return rewrite(graph, (node, inputs, target) => {
    if (node.op !== "Attention") return undefined;
    const [q, k, v, headRows, contextRows, mask] = inputs as [Value, Value, Value, Value, Value, Value];
    const heads = headRows.shape[1];
    const width = q.shape[1];
    if (typeof heads !== "number" || typeof width !== "number" || width % heads !== 0) {
      throw graphError(`attention of width ${width} cannot be split into ${heads} heads`);
    }
    const size = width / heads;
    const split = (value: Value) =>
      target.op("Gather", [target.reshape(value, ["headRows", size]), headRows]);
    const firstOnly = node.attributes.firstOnly === 1;
    const queries = firstOnly ? target.reshape(q, ["sequences", heads, 1, size]) : split(q);
    const keys = split(k);
    const logits = target.op("FusedMatMul", [queries, keys], { transB: 1, alpha: 1 / Math.sqrt(size) });
    const weights = target.op("Softmax", [target.op("Add", [logits, mask])], { axis: -1 });
    const values = split(v);
    const context = target.op("MatMul", [weights, values]);
    const rows = firstOnly
      ? context
      : target.op("Gather", [target.reshape(context, ["contextRows", size]), contextRows]);
    return [target.reshape(rows, [q.shape[0] as string, width]), weights, queries, keys, values];
  });
}
