import { packedInputs } from "../../models/architectures/packed-inputs.js";
import type { CheckpointWeights } from "../../models/model-folder.js";
import { openModelFolder } from "../../models/model-folder.js";
import type { TokenFeatures } from "../../models/pack.js";
import { type Checkpoint, openCheckpoint } from "../../models/safetensors/index.js";
import { Tensors } from "../../models/tensors.js";
import {
  Graph,
  keepFirstRows,
  lowerAttention,
  modelBytes,
  trainingGraph,
  type Value,
} from "../../onnx/index.js";
import { weightsAsInputs } from "../../onnx/rewrites/weights-as-inputs.js";
import { loadTokenizer, PairEncoder, type PairOptions } from "../../text/index.js";
import { RankwrightError } from "../../types/index.js";
import type { Loss } from "../losses/loss.js";
import { type TrainingModel, trainingParameters } from "../step/index.js";

/** Feeds of a step besides the packed sequences. */
export const LIST_FEEDS = ["listIndex", "listTargets", "listMask"] as const;

/** A checkpoint of a known family, ready to be trained. */
export interface TrainableModel {
  readonly folder: string;
  readonly heads: number;
  readonly features: TokenFeatures | undefined;
  readonly encoder: PairEncoder;
  /** Forward and backward pass with the loss. */
  readonly training: TrainingModel;
  /** The forward pass alone: one score per sequence. */
  readonly forward: Uint8Array;
  /** Every tensor of the checkpoint by name; those without parameters are kept as they are. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
}

export interface TrainableModelOptions extends Omit<PairOptions, "maxTokens" | "windows"> {
  /** Longest sequence while training. Default and limit: the model's own. */
  readonly maxTokens?: number | undefined;
}

/**
 * Opens a model folder for training with a loss.
 *
 * @throws RankwrightError with the codes of model folders; UNSUPPORTED_FEATURE for ready-made ONNX files and for
 *   heads of more than two labels
 */
export async function openTrainableModel(
  folder: string,
  loss: Loss,
  options: TrainableModelOptions = {},
): Promise<TrainableModel> {
  const { weights, maxTokens: limit } = await openModelFolder(folder);
  if (weights.kind === "onnx") {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `${folder} holds a ready-made ONNX file, which cannot be trained; give a folder with model.safetensors`,
      { field: "model", value: folder },
    );
  }
  const { maxTokens = limit } = options;
  if (maxTokens > limit) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `maxTokens is ${maxTokens}; the model reads at most ${limit}`,
      { field: "maxTokens", value: maxTokens },
    );
  }
  const checkpoint = await openCheckpoint(folder);
  try {
    const { architecture, config } = weights;
    const training = await trainingStep(weights, checkpoint, loss);
    const tensors = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
    for (const [name, data] of await readTensors(checkpoint)) {
      tensors.set(name, { shape: checkpoint.info(name).shape, data });
    }
    return {
      folder,
      heads: config.heads,
      features: await architecture.features?.open(folder, checkpoint, config),
      encoder: new PairEncoder(await loadTokenizer(folder), { ...options, maxTokens }),
      training,
      forward: await forwardPass(weights, checkpoint),
      tensors,
    };
  } finally {
    await checkpoint.close();
  }
}

/** All tensors of a checkpoint, by name. */
export async function readTensors(checkpoint: Checkpoint): Promise<Map<string, Float32Array>> {
  const tensors = new Map<string, Float32Array>();
  for (const name of checkpoint.names()) tensors.set(name, await checkpoint.read(name));
  return tensors;
}

/** One score per sequence, [sequences]. Only the rows that the head reads are computed in the last layer. */
function scoresGraph({ architecture, config }: CheckpointWeights, checkpoint: Checkpoint) {
  const whole = new Graph();
  const inputs = packedInputs(whole, config.heads, architecture.features?.names);
  const tensors = new Tensors(whole, checkpoint);
  whole.output(architecture.build({ graph: whole, tensors, config }, inputs));
  const graph = keepFirstRows(whole, inputs.firstRows.name);
  const logits = graph.outputs[0] as Value;
  if (config.labels > 2) {
    throw new RankwrightError(
      "UNSUPPORTED_FEATURE",
      `the head has ${config.labels} labels; a ranking model has one score, so train a head of one or two`,
      { field: "num_labels", value: config.labels },
    );
  }
  // Two labels: the log-odds of the second, as inference has it (models/heads.ts).
  const difference = () => graph.constant("difference", Float32Array.of(-1, 1), [2, 1]);
  const column = config.labels === 1 ? logits : graph.op("MatMul", [logits, difference()]);
  const feeds = graph.inputs.map(({ name }) => name);
  return { graph, feeds, scores: graph.reshape(column, ["sequences"]) };
}

async function trainingStep(
  weights: CheckpointWeights,
  checkpoint: Checkpoint,
  loss: Loss,
): Promise<TrainingModel> {
  const { graph, feeds, scores } = scoresGraph(weights, checkpoint);
  const index = graph.input("listIndex", "int32", ["queries", "documents"]);
  const targets = graph.input("listTargets", "float32", ["queries", "documents"]);
  const mask = graph.input("listMask", "float32", ["queries", "documents"]);
  const lists = graph.op("Mul", [graph.op("Gather", [scores, index]), mask]);
  const value = loss.build({ graph, scores: lists, targets, mask });
  const step = trainingGraph(graph, { loss: value, scores: lists });
  return {
    model: await modelBytes(step.graph),
    loss: step.loss,
    parameters: trainingParameters(step, [...feeds, ...LIST_FEEDS]),
  };
}

async function forwardPass(weights: CheckpointWeights, checkpoint: Checkpoint): Promise<Uint8Array> {
  const { graph, scores } = scoresGraph(weights, checkpoint);
  graph.outputs.length = 0;
  graph.output(scores);
  weightsAsInputs(graph);
  return modelBytes(lowerAttention(graph));
}
