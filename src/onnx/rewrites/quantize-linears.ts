import type { Graph } from "../graph.js";
import { rewrite } from "../rewrite.js";
import { ABSENT, graphError, type Value } from "../value.js";
import { asLinear } from "./linears.js";
import type { Ranges } from "./observe-ranges.js";

/**
 * Runs the linear layers over rows of kind `rows` in 8 bits: weights signed, one scale per output
 * channel; activations unsigned, with a scale and zero point fixed beforehand from `ranges`. Fixed
 * scales make a row's result independent of its batch-mates, which scales taken from the batch do
 * not. The other way round (signed activations) the runtime has no fast kernel.
 *
 * x ≈ sₓ(qₓ − zₓ), W ≈ s_w·q_w, so x·W ≈ sₓ·s_w·Σ(qₓ − zₓ)q_w, in whole numbers (Jacob et al.,
 * 1712.05877).
 */
export function quantizeLinears(graph: Graph, rows: string, ranges: Ranges): Graph {
  const quantizedInputs = new Map<Value, readonly [Value, Value, Value]>();
  return rewrite(graph, (node, inputs, target) => {
    const linear = asLinear(graph, node, rows);
    const [x, , bias = ABSENT] = inputs;
    if (linear === undefined || x === undefined) return undefined;
    const quantized = quantizedInputs.get(x) ?? quantizeInput(target, x, rangeOf(ranges, linear.tensor));
    quantizedInputs.set(x, quantized);
    const [xInt8, xScale, xZero] = quantized;
    const { tensor } = linear;
    const [outputs, width] = linear.weight.shape as readonly [number, number];
    const weight = target.addWeight(
      `${tensor}.int8`,
      { type: "int8", shape: [width, outputs] },
      {
        kind: "computed",
        from: [tensor],
        compute: (w) => quantizedTranspose(w as Float32Array, outputs, width),
      },
    );
    const scales = target.addWeight(
      `${tensor}.scale`,
      { type: "float32", shape: [outputs] },
      { kind: "computed", from: [tensor], compute: (w) => channelScales(w as Float32Array, outputs, width) },
    );
    return [target.op("MatMulIntegerToFloat", [xInt8, weight, xScale, scales, xZero, ABSENT, bias])];
  });
}

function rangeOf(ranges: Ranges, tensor: string) {
  const range = ranges.get(tensor);
  if (range === undefined) throw graphError(`no range was observed for the input of ${tensor}`);
  return range;
}

/** Quantised x with its scale and zero point; 0 is always representable exactly. */
function quantizeInput(
  target: Graph,
  x: Value,
  range: { readonly min: number; readonly max: number },
): readonly [Value, Value, Value] {
  const min = Math.min(range.min, 0);
  const max = Math.max(range.max, 0);
  const step = (max - min) / 255 || 1;
  const scale = target.constant(`${x.name}.scale`, Float32Array.of(step), []);
  const zero = target.constant(`${x.name}.zero`, Uint8Array.of(Math.round(-min / step)), []);
  return [target.op("QuantizeLinear", [x, scale, zero]), scale, zero];
}

/** Per output channel: the largest magnitude over 127, so that the code −128 is never used. */
function channelScales(weight: Float32Array, outputs: number, width: number): Float32Array {
  const scales = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let largest = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(weight[o * width + i] as number));
    scales[o] = largest / 127 || 1;
  }
  return scales;
}

/** [outputs, width] float32 to [width, outputs] int8. */
function quantizedTranspose(weight: Float32Array, outputs: number, width: number): Int8Array {
  const scales = channelScales(weight, outputs, width);
  const result = new Int8Array(weight.length);
  for (let o = 0; o < outputs; o++) {
    const scale = scales[o] as number;
    for (let i = 0; i < width; i++) {
      result[i * outputs + o] = Math.round((weight[o * width + i] as number) / scale);
    }
  }
  return result;
}
