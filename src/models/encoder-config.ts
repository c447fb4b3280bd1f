import { RankwrightError, show } from "../types/index.js";
import { invalidConfig, positiveInteger, positiveNumber, type RawConfig, text } from "./config.js";

/** How a hidden activation is computed; the names are those of `hidden_act` in config.json. */
export const ACTIVATIONS = {
  gelu: "Gelu",
  gelu_new: "FastGelu",
  gelu_pytorch_tanh: "FastGelu",
  relu: "Relu",
} as const;

/** The sizes of a BERT-like encoder with a classification head. */
export interface EncoderConfig {
  readonly modelType: string;
  readonly vocabSize: number;
  readonly embeddingSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediateSize: number;
  /** Rows of the position table, reserved ones included. */
  readonly positions: number;
  readonly tokenTypes: number;
  readonly activation: keyof typeof ACTIVATIONS;
  readonly layerNormEps: number;
  readonly padTokenId: number;
  /** Outputs of the head. */
  readonly labels: number;
}

/** Reads the keys that BERT, ELECTRA, RoBERTa and XLM-RoBERTa share, with transformers' defaults. */
export function readEncoderConfig(config: RawConfig): EncoderConfig {
  const hiddenSize = positiveInteger(config, "hidden_size", 768);
  const heads = positiveInteger(config, "num_attention_heads", 12);
  if (hiddenSize % heads !== 0) {
    throw invalidConfig("num_attention_heads", heads, `a divisor of hidden_size, ${hiddenSize}`);
  }
  refuse(config, "position_embedding_type", ["absolute"]);
  refuse(config, "is_decoder", [false]);
  const activation = text(config, "hidden_act", "gelu");
  if (!Object.hasOwn(ACTIVATIONS, activation)) {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `config.json: hidden_act is ${show(activation)}; known are ${Object.keys(ACTIVATIONS).join(", ")}`,
      { field: "hidden_act", value: activation },
    );
  }
  return {
    modelType: text(config, "model_type", ""),
    vocabSize: positiveInteger(config, "vocab_size"),
    embeddingSize: positiveInteger(config, "embedding_size", hiddenSize),
    hiddenSize,
    layers: positiveInteger(config, "num_hidden_layers", 12),
    heads,
    intermediateSize: positiveInteger(config, "intermediate_size", 3072),
    positions: positiveInteger(config, "max_position_embeddings", 512),
    tokenTypes: positiveInteger(config, "type_vocab_size", 2),
    activation: activation as EncoderConfig["activation"],
    layerNormEps: positiveNumber(config, "layer_norm_eps", 1e-12),
    padTokenId: config.pad_token_id === 0 ? 0 : positiveInteger(config, "pad_token_id", 1),
    labels: labelCount(config),
  };
}

/** transformers stores the number of labels as the size of `id2label`, and assumes two without it. */
function labelCount(config: RawConfig): number {
  const names = config.id2label;
  if (typeof names === "object" && names !== null) return Object.keys(names).length;
  return positiveInteger(config, "num_labels", 2);
}

function refuse(config: RawConfig, key: string, supported: readonly unknown[]): void {
  const value = config[key];
  if (value === undefined || value === null || supported.includes(value)) return;
  throw new RankwrightError(
    "UNSUPPORTED_FEATURE",
    `config.json: ${key} is ${show(value)}; only ${supported.map(show).join(", ")} is implemented`,
    { field: key, value },
  );
}
