import type { BuildContext } from "../../models/architectures/architecture.js";
import { layerNorm, linear } from "../../models/architectures/encoder-block.js";
import { ACTIVATIONS, type EncoderConfig } from "../../models/encoder-config.js";
import type { Value } from "../../onnx/index.js";
import { graphError } from "../../onnx/value.js";
import type { TrainableTensors } from "./trainable-tensors.js";

interface MlmContext extends BuildContext {
  readonly tensors: TrainableTensors;
}

export interface MlmLogits {
  /** [M, V] */
  readonly logits: Value;
  /** Tensors that a checkpoint may hold as copies of others: the other's name by the copy's. */
  readonly copies: ReadonlyMap<string, string>;
}

/** What the families call their heads of masked language modelling: BERT, (XLM-)RoBERTa, ELECTRA's generator. */
const HEADS = [
  {
    modelTypes: ["bert"],
    dense: "cls.predictions.transform.dense",
    norm: "cls.predictions.transform.LayerNorm",
    bias: "cls.predictions.bias",
    decoder: "cls.predictions.decoder",
  },
  {
    modelTypes: ["roberta", "xlm-roberta"],
    dense: "lm_head.dense",
    norm: "lm_head.layer_norm",
    bias: "lm_head.bias",
    decoder: "lm_head.decoder",
  },
  {
    modelTypes: ["electra"],
    dense: "generator_predictions.dense",
    norm: "generator_predictions.LayerNorm",
    bias: "generator_lm_head.bias",
    decoder: "generator_lm_head",
  },
] as const;

/**
 * The tensors of a family's head of masked language modelling, without the decoder that is tied to the word
 * embeddings, as transformers saves them; none where the family has no such head.
 */
export function mlmHeadShapes(config: EncoderConfig): ReadonlyMap<string, readonly number[]> {
  const { embeddingSize, hiddenSize, vocabSize } = config;
  const types = ({ modelTypes }: (typeof HEADS)[number]): readonly string[] => modelTypes;
  const head = HEADS.find((each) => types(each).includes(config.modelType));
  if (head === undefined) return new Map();
  return new Map([
    [`${head.dense}.weight`, [embeddingSize, hiddenSize]],
    [`${head.dense}.bias`, [embeddingSize]],
    [`${head.norm}.weight`, [embeddingSize]],
    [`${head.norm}.bias`, [embeddingSize]],
    [head.bias, [vocabSize]],
  ]);
}

/**
 * Logits over the vocabulary for M tokens, tied to the word embeddings (Press and Wolf, 1608.05859). Where the
 * checkpoint has a head of masked language modelling it is BERT's (Devlin et al., 1810.04805):
 * LayerNorm(act(x·W₁ᵀ + b₁))·Eᵀ + b. Otherwise it is x·Eᵀ + b with a new b; where embeddings are smaller than
 * layers, x first goes back through the transpose of their projection P [H, embeddingSize], as x·P.
 *
 * @param x the encoder's output for the tokens, [M, H]
 * @param words the word embeddings E, [V, embeddingSize]
 */
export function mlmLogits(context: MlmContext, x: Value, words: Value): MlmLogits {
  const { graph, tensors, config } = context;
  const { embeddingSize, hiddenSize, vocabSize } = config;
  const logits = (y: Value, bias: Value) => graph.op("Gemm", [y, words, bias], { transB: 1 });
  const head = HEADS.find(
    ({ dense, norm }) =>
      tensors.optional(`${dense}.weight`, [embeddingSize, hiddenSize]) !== undefined &&
      tensors.optional(`${norm}.weight`, [embeddingSize]) !== undefined,
  );
  if (head === undefined) {
    const y = embeddingSize === hiddenSize ? x : graph.op("MatMul", [x, embeddingProjection(context)]);
    return { logits: logits(y, graph.weight("mlm.bias", [vocabSize])), copies: new Map() };
  }
  const { dense, norm, decoder } = head;
  // Only BERT's takes the activation of the layers.
  const activation = dense.startsWith("cls.") ? ACTIVATIONS[config.activation] : "Gelu";
  const y = layerNorm(context, graph.op(activation, [linear(context, x, dense, embeddingSize)]), norm);
  const bias = tensors.optional(head.bias, [vocabSize]) ?? tensors.weight(`${decoder}.bias`, [vocabSize]);
  const copies = new Map([
    [`${decoder}.weight`, words.name],
    [`${decoder}.bias`, bias.name],
  ]);
  return { logits: logits(y, bias), copies };
}

/** The weight that takes embeddings to the width of the layers, [H, embeddingSize]. */
function embeddingProjection({ graph, config: { embeddingSize, hiddenSize } }: MlmContext): Value {
  const weights = graph.nodes.flatMap(({ op, inputs }) => (op === "Gemm" ? (inputs[1] ?? []) : []));
  const found = weights.find(
    ({ shape: [rows, columns] }) => rows === hiddenSize && columns === embeddingSize,
  );
  if (found === undefined) throw graphError("nothing takes the embeddings to the width of the layers");
  return found;
}
