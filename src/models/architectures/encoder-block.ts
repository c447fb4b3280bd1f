import type { Value } from "../../onnx/index.js";
import { ACTIVATIONS } from "../encoder-config.js";
import type { BuildContext } from "./architecture.js";
import type { PackedInputs } from "./packed-inputs.js";

/** x · Wᵀ + b with the tensors `<name>.weight` [outputs, inputs] and `<name>.bias`. */
export function linear({ graph, tensors }: BuildContext, x: Value, name: string, outputs: number): Value {
  const inputs = x.shape[1] as number;
  const weight = tensors.weight(`${name}.weight`, [outputs, inputs]);
  return graph.op("Gemm", [x, weight, tensors.weight(`${name}.bias`, [outputs])], { transB: 1 });
}

export function layerNorm({ graph, tensors, config }: BuildContext, x: Value, name: string): Value {
  const size = x.shape[1] as number;
  const scale = tensors.weight(`${name}.weight`, [size]);
  const bias = tensors.weight(`${name}.bias`, [size]);
  return graph.op("LayerNormalization", [x, scale, bias], { axis: -1, epsilon: config.layerNormEps });
}

/** Word, position and type embeddings, summed and normalised: [T, embeddingSize]. */
export function embeddings(
  context: BuildContext,
  prefix: string,
  inputs: PackedInputs,
  positions: Value,
): Value {
  const { graph, tensors, config } = context;
  const table = (name: string, rows: number, ids: Value) =>
    graph.op("Gather", [
      tensors.weight(`${prefix}.${name}_embeddings.weight`, [rows, config.embeddingSize]),
      ids,
    ]);
  const words = table("word", config.vocabSize, inputs.ids);
  // A single row is added to all, whatever types the tokenizer gives.
  const types =
    config.tokenTypes === 1
      ? tensors.weight(`${prefix}.token_type_embeddings.weight`, [1, config.embeddingSize])
      : table("token_type", config.tokenTypes, inputs.types);
  const places = table("position", config.positions, positions);
  const sum = graph.op("Add", [graph.op("Add", [words, types]), places]);
  return layerNorm(context, sum, `${prefix}.LayerNorm`);
}

/** The post-norm transformer layers of BERT (Devlin et al., 1810.04805): [T, hiddenSize]. */
export function encoderLayers(
  context: BuildContext,
  prefix: string,
  inputs: PackedInputs,
  embedded: Value,
): Value {
  let hidden = embedded;
  for (let layer = 0; layer < context.config.layers; layer++) {
    hidden = encoderLayer(context, `${prefix}.layer.${layer}`, inputs, hidden);
  }
  return hidden;
}

function encoderLayer(context: BuildContext, prefix: string, inputs: PackedInputs, x: Value): Value {
  const { graph, config } = context;
  const size = config.hiddenSize;
  const project = (name: string) => linear(context, x, `${prefix}.attention.self.${name}`, size);
  const heads = [project("query"), project("key"), project("value")];
  const attended = graph.op("Attention", [...heads, inputs.headRows, inputs.contextRows, inputs.mask]);
  const mixed = graph.op("Add", [linear(context, attended, `${prefix}.attention.output.dense`, size), x]);
  const normed = layerNorm(context, mixed, `${prefix}.attention.output.LayerNorm`);
  const widened = linear(context, normed, `${prefix}.intermediate.dense`, config.intermediateSize);
  const activated = graph.op(ACTIVATIONS[config.activation], [widened]);
  const narrowed = graph.op("Add", [linear(context, activated, `${prefix}.output.dense`, size), normed]);
  return layerNorm(context, narrowed, `${prefix}.output.LayerNorm`);
}

/** Each sequence's first token: [B, size]. */
export function firstTokens({ graph }: BuildContext, inputs: PackedInputs, hidden: Value): Value {
  return graph.op("Gather", [hidden, inputs.firstRows]);
}
