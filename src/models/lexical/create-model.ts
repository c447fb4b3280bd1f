import { join } from "node:path";
import { isObject } from "../../files/json-lines.js";
import { writeFile } from "../../files/write-file.js";
import { rankwright } from "../architectures/rankwright.js";
import { writeSafetensors } from "../safetensors/index.js";
import { initialWeights } from "./initial-weights.js";
import { FEATURE_VERSION } from "./layout.js";
import { piecesOf } from "./read-pieces.js";

/** The sizes of a model of the family `rankwright`. */
export interface ModelShape {
  readonly layers: number;
  readonly hiddenSize: number;
  /** A divisor of `hiddenSize`. Default: heads of 64. */
  readonly heads?: number | undefined;
  /** Default: 4 · `hiddenSize`. */
  readonly intermediateSize?: number | undefined;
  /** Smaller embeddings save most of a small model's weights. Default: `hiddenSize`. */
  readonly embeddingSize?: number | undefined;
  /** Longest sequence. Default 512. */
  readonly maxTokens?: number | undefined;
}

export interface NewModel {
  readonly shape: ModelShape;
  /** tokenizer.json, parsed: of WordPiece, see `piecesOf`. */
  readonly tokenizer: unknown;
  /** Level by id, see `LexicalFeatures`. */
  readonly rarity: ArrayLike<number>;
  /** The same seed gives the same weights. */
  readonly seed: number;
}

/** config.json of a model of these sizes with one label. */
export function configOf(shape: ModelShape, vocabSize: number): Readonly<Record<string, unknown>> {
  const { layers, hiddenSize, maxTokens = 512 } = shape;
  return {
    architectures: ["RankwrightForSequenceClassification"],
    model_type: "rankwright",
    lexical_features: FEATURE_VERSION,
    vocab_size: vocabSize,
    embedding_size: shape.embeddingSize ?? hiddenSize,
    hidden_size: hiddenSize,
    num_hidden_layers: layers,
    num_attention_heads: shape.heads ?? Math.max(1, Math.floor(hiddenSize / 64)),
    intermediate_size: shape.intermediateSize ?? 4 * hiddenSize,
    max_position_embeddings: maxTokens,
    type_vocab_size: 2,
    hidden_act: "gelu",
    layer_norm_eps: 1e-12,
    pad_token_id: 0,
    id2label: { 0: "relevance" },
    label2id: { relevance: 0 },
  };
}

/**
 * Writes the folder of an untrained model: config.json, tokenizer.json, tokenizer_config.json and
 * model.safetensors. Training starts from it as from any other checkpoint.
 *
 * @throws RankwrightError INVALID_TOKENIZER, INVALID_CONFIG, INVALID_OPTION, WRITE_FAILED, DISK_FULL
 */
export async function createModel(
  folder: string,
  { shape, tokenizer, rarity, seed }: NewModel,
): Promise<void> {
  const { pieces } = piecesOf(tokenizer);
  const raw = configOf(shape, pieces.length);
  const config = rankwright.readConfig(raw);
  const weights = initialWeights(config, rarity, seed);
  await writeFile(join(folder, "config.json"), `${JSON.stringify(raw, undefined, 2)}\n`);
  await writeFile(join(folder, "tokenizer.json"), `${JSON.stringify(tokenizer)}\n`);
  const facts = tokenizerConfig(tokenizer, config.positions);
  await writeFile(join(folder, "tokenizer_config.json"), `${JSON.stringify(facts, undefined, 2)}\n`);
  await writeSafetensors(join(folder, "model.safetensors"), weights, { format: "pt" });
}

/** By which transformers knows the tokenizer's class and limit. */
function tokenizerConfig(tokenizer: unknown, maxTokens: number) {
  const normalizer = isObject(tokenizer) && isObject(tokenizer.normalizer) ? tokenizer.normalizer : {};
  return {
    tokenizer_class: "BertTokenizer",
    do_lower_case: normalizer.lowercase ?? true,
    strip_accents: normalizer.strip_accents ?? null,
    model_max_length: maxTokens,
    pad_token: "[PAD]",
    unk_token: "[UNK]",
    cls_token: "[CLS]",
    sep_token: "[SEP]",
    mask_token: "[MASK]",
  };
}
