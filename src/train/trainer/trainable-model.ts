import { type RawConfig, readConfig } from "../../models/config.js";
import { type CheckpointWeights, openModelFolder } from "../../models/model-folder.js";
import type { SequenceFeatures } from "../../models/pack.js";
import { isFloat } from "../../models/safetensors/dtype.js";
import { type Checkpoint, openCheckpoint } from "../../models/safetensors/index.js";
import { checkTokenizerFit } from "../../models/tokenizer-fit.js";
import { loadTokenizer, type Tokenizer } from "../../text/index.js";
import { RankwrightError } from "../../types/index.js";
import type { HeldTensor } from "../scratch/random-tensors.js";
import type { Tensors, TrainingModel } from "../step/index.js";
import { lacksClassifier, newHead, withOneLabel } from "./new-head.js";

/** A checkpoint of a known family, ready to be trained. */
export interface TrainableModel {
  readonly folder: string;
  /** Longest sequence that model and tokenizer allow. */
  readonly maxTokens: number;
  readonly heads: number;
  readonly features: SequenceFeatures | undefined;
  readonly tokenizer: Tokenizer;
  /** Forward and backward pass with the loss. */
  readonly training: TrainingModel;
  /** The forward pass alone, for validation. */
  readonly forward: Uint8Array;
  /**
   * Every tensor of the model by name, a new head included; those without parameters are kept as they are.
   * Parameters that are not here are not saved.
   */
  readonly tensors: ReadonlyMap<string, HeldTensor>;
  /** Tensors that are copies of others: the other's name by the copy's. */
  readonly copies: ReadonlyMap<string, string>;
  /** config.json where it becomes another than the folder's. */
  readonly config?: RawConfig | undefined;
  /** What the caller should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** What a training computes with a checkpoint. */
export interface TrainingGraphs {
  readonly training: TrainingModel;
  readonly forward: Uint8Array;
  /** Names of the checkpoint's tensors in the graphs, by those in its file, where they are used. */
  readonly names: ReadonlyMap<string, string>;
  /** Shapes of the tensors that the model lacks: a new head. */
  readonly missing: ReadonlyMap<string, readonly number[]>;
  /** See `TrainableModel`. */
  readonly copies?: ReadonlyMap<string, string> | undefined;
}

/** Writes the graphs of a training over a family's forward pass. */
export type BuildTraining = (weights: CheckpointWeights, checkpoint: Checkpoint) => Promise<TrainingGraphs>;

/**
 * Opens a model folder for a training.
 *
 * @param seed of a new head, where the checkpoint has none
 * @throws RankwrightError with the codes of model folders; UNSUPPORTED_FEATURE for ready-made ONNX files,
 *   TOKENIZER_MISMATCH for a tokenizer with more ids than the model has embeddings
 */
export async function openTrainableModel(
  folder: string,
  build: BuildTraining,
  seed = 0,
): Promise<TrainableModel> {
  const { weights, maxTokens } = await openModelFolder(folder);
  if (weights.kind === "onnx") {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `${folder} holds a ready-made ONNX file, which cannot be trained; give a folder with model.safetensors`,
      { field: "model", value: folder },
    );
  }
  const { architecture, config } = weights;
  const tokenizer = await loadTokenizer(folder);
  checkTokenizerFit(tokenizer, config, folder);
  const checkpoint = await openCheckpoint(folder);
  try {
    const { training, forward, names, missing, copies = new Map() } = await build(weights, checkpoint);
    const tensors = new Map<string, HeldTensor>();
    for (const [name, data] of await readTensors(checkpoint)) {
      tensors.set(names.get(name) ?? name, { shape: checkpoint.info(name).shape, data });
    }
    for (const [name, tensor] of newHead(missing, seed)) tensors.set(name, tensor);
    return {
      ...{ folder, maxTokens, heads: config.heads, tokenizer, training, forward, tensors, copies },
      features: await architecture.features?.open(folder, checkpoint, config),
      warnings:
        missing.size === 0
          ? []
          : [
              `${folder} has no ${[...missing.keys()].join(", ")}: this part of the head is new and knows nothing before it is trained`,
            ],
      ...(lacksClassifier(missing) && { config: withOneLabel(await readConfig(folder)) }),
    };
  } finally {
    await checkpoint.close();
  }
}

/** The tensors of a checkpoint that hold weights, by name; not the indices that some keep beside them. */
export async function readTensors(checkpoint: Checkpoint): Promise<Map<string, Float32Array>> {
  const tensors = new Map<string, Float32Array>();
  for (const name of checkpoint.names()) {
    if (isFloat(checkpoint.info(name).dtype)) tensors.set(name, await checkpoint.read(name));
  }
  return tensors;
}

/** What a parameter begins with; those that are not among the model's tensors begin with 0. */
export function initialWeights({ training, tensors }: TrainableModel): Tensors {
  return new Map(
    training.parameters.map(({ name, shape }) => [
      name,
      tensors.get(name)?.data ?? new Float32Array(shape.reduce((product, size) => product * size, 1)),
    ]),
  );
}
