import type { Dim, Value } from "../value.js";
import type { GradientRule } from "./gradient.js";

/**
 * Packed attention, C = PV with P = softmax(S), S = αQKᵀ + mask: dV = PᵀdC, dP = dC·Vᵀ,
 * dS = P(dP − Σ dC·C), dQ = α·dS·K, dK = α·dSᵀQ; the sum as in Dao et al., 2205.14135, eq. 4.
 *
 * headRows and contextRows are inverse to each other, so each undoes the other's Gather. Padded slots
 * repeat a row of the gradient, which must not count twice: with their dC and their sum set to 0, their
 * rows of dS are 0, and their columns are because P is 0 there.
 */
export const attention = {
  Attention: ({ graph, node, inputs, output, outputs, gradient, ...math }) => {
    const { mul, sub, sum, matmul, number, greater } = math;
    const [q, , , headRows, contextRows, mask] = inputs as [Value, Value, Value, Value, Value, Value];
    const [sequences, heads, slots] = headRows.shape as [Dim, number, Dim];
    const width = q.shape[1] as number;
    const size = width / heads;
    const firstOnly = node.attributes.firstOnly === 1;
    const [, p, queries, keys, values] = outputs(5) as [Value, Value, Value, Value, Value];

    const valid = graph.reshape(number(greater(mask, -1)), [sequences, 1, slots, 1]);
    /** [T·heads, n] to [B, heads, S, n], or [B·heads, n] to [B, heads, 1, n] */
    const pad = (rows: Value) =>
      firstOnly
        ? graph.reshape(rows, [sequences, heads, 1, rows.shape[1] as Dim])
        : mul(graph.op("Gather", [rows, headRows]), valid);
    /** [B, heads, S, size] to [T, width] */
    const unpad = (x: Value) => {
      const rows = graph.op("Gather", [graph.reshape(x, ["contextRows", size]), contextRows]);
      return graph.reshape(rows, [contextRows.shape[0] as Dim, width]);
    };
    const perHead = (x: Value) => graph.reshape(x, ["headRows", size]);

    const dContext = pad(perHead(gradient));
    const own = pad(sum(perHead(mul(gradient, output)), [1], 1));
    const dLogits = mul(p, sub(matmul(dContext, values, { transB: 1 }), own));
    const alpha = 1 / Math.sqrt(size);
    return [
      () => {
        const dQueries = matmul(dLogits, keys, { alpha });
        return firstOnly ? graph.reshape(dQueries, q.shape) : unpad(dQueries);
      },
      () => unpad(matmul(dLogits, queries, { transA: 1, alpha })),
      () => unpad(matmul(p, dContext, { transA: 1 })),
    ];
  },
} as const satisfies Record<string, GradientRule>;
