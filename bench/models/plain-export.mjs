import { OnnxGraph } from "./onnx-file.mjs";
import { LAYER_NORM_EPS, MAX_TOKENS } from "./shapes.mjs";

const LOWEST_FLOAT = -3.4028234663852886e38;

/**
 * Writes a checkpoint as the ONNX graph that a trace of BertForSequenceClassification in PyTorch gives:
 * what the other side reads. All operators and patterns are those that ONNX Runtime's own optimiser looks
 * for, so that it can apply every fusion it knows.
 * @param {string} path
 * @param {import("./shapes.mjs").Shape} shape
 * @param {readonly import("./checkpoint.mjs").Tensor[]} tensors
 */
export async function writePlainExport(path, { layers, hidden, heads }, tensors) {
  const graph = new OnnxGraph();
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const find = (/** @type {string} */ name) => {
    const tensor = byName.get(name);
    if (tensor === undefined) throw new Error(`the checkpoint has no ${name}`);
    return tensor;
  };
  const weight = (/** @type {string} */ name) => {
    const { shape, data } = find(name);
    return graph.tensor(name, shape, () => data);
  };
  const node = graph.node.bind(graph);
  const size = (/** @type {string} */ value, /** @type {number} */ axis) =>
    node("Gather", [node("Shape", [value]), graph.integers(axis)], { axis: 0 });
  const norm = (/** @type {string} */ x, /** @type {string} */ name) =>
    node("LayerNormalization", [x, weight(`${name}.weight`), weight(`${name}.bias`)], {
      axis: -1,
      epsilon: LAYER_NORM_EPS,
    });
  const linear = (/** @type {string} */ x, /** @type {string} */ name) => {
    const { shape, data } = find(`${name}.weight`);
    const transposed = graph.tensor(`${name}.MatMul`, shape.toReversed(), () => transpose(data, shape));
    return node("Add", [weight(`${name}.bias`), node("MatMul", [x, transposed])]);
  };
  /** A view that keeps the batch and sequence axes and replaces the rest. */
  const view = (/** @type {string} */ x, /** @type {number[]} */ rest) => {
    const kept = [0, 1].map((axis) => node("Unsqueeze", [size(x, axis), graph.integers([0])]));
    const target = node("Concat", [...kept, ...rest.map((item) => graph.integers([item]))], { axis: 0 });
    return node("Reshape", [x, target]);
  };
  const gelu = (/** @type {string} */ x) => {
    const erf = node("Erf", [node("Div", [x, graph.scalar(Math.SQRT2)])]);
    const product = node("Mul", [x, node("Add", [erf, graph.scalar(1)])]);
    return node("Mul", [product, graph.scalar(0.5)]);
  };

  const ids = graph.input("input_ids", "int64", ["batch_size", "sequence_length"]);
  const attended = graph.input("attention_mask", "int64", ["batch_size", "sequence_length"]);
  const types = graph.input("token_type_ids", "int64", ["batch_size", "sequence_length"]);

  const wide = node("Unsqueeze", [node("Unsqueeze", [attended, graph.integers([1])]), graph.integers([2])]);
  const missing = node("Sub", [graph.scalar(1), node("Cast", [wide], { to: 1 })]);
  const mask = node("Mul", [missing, graph.scalar(LOWEST_FLOAT)]);

  const all = graph.integers(Array.from({ length: MAX_TOKENS }, (_, i) => i));
  const positions = node("Slice", [
    node("Unsqueeze", [all, graph.integers([0])]),
    graph.integers([0]),
    node("Unsqueeze", [size(ids, 1), graph.integers([0])]),
    graph.integers([1]),
  ]);
  const table = (/** @type {string} */ kind, /** @type {string} */ indices) =>
    node("Gather", [weight(`bert.embeddings.${kind}_embeddings.weight`), indices]);
  const typed = node("Add", [table("word", ids), table("token_type", types)]);
  let x = norm(node("Add", [typed, table("position", positions)]), "bert.embeddings.LayerNorm");

  const width = hidden / heads;
  for (let i = 0; i < layers; i++) {
    const layer = `bert.encoder.layer.${i}`;
    const [query, key, value] = ["query", "key", "value"].map((part) =>
      view(linear(x, `${layer}.attention.self.${part}`), [heads, width]),
    );
    const products = node("MatMul", [
      node("Transpose", [query], { perm: [0, 2, 1, 3] }),
      node("Transpose", [key], { perm: [0, 2, 3, 1] }),
    ]);
    const scaled = node("Div", [products, graph.scalar(Math.sqrt(width))]);
    const shares = node("Softmax", [node("Add", [scaled, mask])], { axis: -1 });
    const mixed = node("MatMul", [shares, node("Transpose", [value], { perm: [0, 2, 1, 3] })]);
    const context = view(node("Transpose", [mixed], { perm: [0, 2, 1, 3] }), [hidden]);
    const attention = node("Add", [linear(context, `${layer}.attention.output.dense`), x]);
    const normed = norm(attention, `${layer}.attention.output.LayerNorm`);
    const activated = gelu(linear(normed, `${layer}.intermediate.dense`));
    const narrowed = node("Add", [linear(activated, `${layer}.output.dense`), normed]);
    x = norm(narrowed, `${layer}.output.LayerNorm`);
  }

  const gemm = (/** @type {string} */ input, /** @type {string} */ name, /** @type {string} */ output) =>
    node("Gemm", [input, weight(`${name}.weight`), weight(`${name}.bias`)], { transB: 1 }, output);
  const first = node("Gather", [x, graph.integers(0)], { axis: 1 });
  const pooled = node("Tanh", [gemm(first, "bert.pooler.dense", "pooled")]);
  gemm(pooled, "classifier", "logits");
  graph.output("logits", ["batch_size", 1]);
  await graph.write(path);
}

/** PyTorch keeps [outputs, inputs]; MatMul wants [inputs, outputs]. */
function transpose(/** @type {Float32Array} */ data, /** @type {number[]} */ [rows, columns]) {
  const out = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = data[row * columns + column];
  }
  return out;
}
