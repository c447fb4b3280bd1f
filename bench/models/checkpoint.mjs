import { Random } from "./random.mjs";
import { LAYER_NORM_EPS, MAX_TOKENS, TYPES, VOCABULARY_SIZE } from "./shapes.mjs";

/** @typedef {{ name: string, shape: number[], data: Float32Array }} Tensor */

/** @param {import("./shapes.mjs").Shape} shape */
export function modelConfig({ layers, hidden, heads, inner }) {
  return {
    architectures: ["BertForSequenceClassification"],
    model_type: "bert",
    attention_probs_dropout_prob: 0.1,
    hidden_act: "gelu",
    hidden_dropout_prob: 0.1,
    hidden_size: hidden,
    id2label: { 0: "LABEL_0" },
    initializer_range: 0.02,
    intermediate_size: inner,
    label2id: { LABEL_0: 0 },
    layer_norm_eps: LAYER_NORM_EPS,
    max_position_embeddings: MAX_TOKENS,
    num_attention_heads: heads,
    num_hidden_layers: layers,
    pad_token_id: 0,
    type_vocab_size: TYPES,
    vocab_size: VOCABULARY_SIZE,
  };
}

/**
 * Random weights under the names that PyTorch gives them. Linear weights are scaled by their fan-in, so
 * that attention is neither flat nor a single spike and scores differ between documents.
 * @param {import("./shapes.mjs").Shape} shape
 * @returns {Tensor[]}
 */
export function makeCheckpoint({ title, layers, hidden, inner }) {
  const random = new Random(title);
  /** @type {Tensor[]} */
  const tensors = [];
  const add = (/** @type {string} */ name, /** @type {number[]} */ shape, deviation = 0.02, mean = 0) => {
    const count = shape.reduce((product, size) => product * size, 1);
    tensors.push({ name, shape, data: random.normal(count, deviation, mean) });
  };
  const linear = (
    /** @type {string} */ name,
    /** @type {number} */ outputs,
    /** @type {number} */ inputs,
  ) => {
    add(`${name}.weight`, [outputs, inputs], 1 / Math.sqrt(inputs));
    add(`${name}.bias`, [outputs]);
  };
  const norm = (/** @type {string} */ name) => {
    add(`${name}.weight`, [hidden], 0.05, 1);
    add(`${name}.bias`, [hidden]);
  };
  const embeddings = "bert.embeddings";
  add(`${embeddings}.word_embeddings.weight`, [VOCABULARY_SIZE, hidden], 0.05);
  add(`${embeddings}.position_embeddings.weight`, [MAX_TOKENS, hidden]);
  add(`${embeddings}.token_type_embeddings.weight`, [TYPES, hidden]);
  norm(`${embeddings}.LayerNorm`);
  for (let i = 0; i < layers; i++) {
    const layer = `bert.encoder.layer.${i}`;
    for (const part of ["query", "key", "value"]) linear(`${layer}.attention.self.${part}`, hidden, hidden);
    linear(`${layer}.attention.output.dense`, hidden, hidden);
    norm(`${layer}.attention.output.LayerNorm`);
    linear(`${layer}.intermediate.dense`, inner, hidden);
    linear(`${layer}.output.dense`, hidden, inner);
    norm(`${layer}.output.LayerNorm`);
  }
  linear("bert.pooler.dense", hidden, hidden);
  linear("classifier", 1, hidden);
  return tensors;
}
