import { axisOf } from "../infer.js";
import { graphError, type Value } from "../value.js";
import type { GradientRule } from "./gradient.js";

/**
 * With x̂ = (x − mean)/σ and g = dy·scale: dx = (g − mean(g) − x̂·mean(g·x̂))/σ (Ba et al., 1607.06450).
 * dscale = Σ dy·x̂ and dbias = Σ dy over the rows.
 */
export const layerNormalization = {
  LayerNormalization: ({ graph, node, inputs, outputs, gradient: dy, add, sub, mul }) => {
    const [x, scale] = inputs as [Value, Value];
    const size = x.shape.at(-1);
    if (axisOf(Number(node.attributes.axis ?? -1), x.shape.length) !== x.shape.length - 1) {
      throw graphError("LayerNormalization has a gradient along the last axis only");
    }
    const [, mean, inverse] = outputs(3) as [Value, Value, Value];
    const normalized = mul(sub(x, mean), inverse);
    const product = mul(dy, normalized);
    /** mean(· scale) of each row, as a product with a column */
    const column = mul(graph.reshape(scale, [size as number, 1]), 1 / Number(size));
    const rowMean = (rows: Value) => graph.op("MatMul", [rows, column]);
    return [
      () => {
        const parallel = add(mul(normalized, rowMean(product)), rowMean(dy));
        return mul(sub(mul(dy, scale), parallel), inverse);
      },
      () => product,
      () => dy,
    ];
  },
} as const satisfies Record<string, GradientRule>;
