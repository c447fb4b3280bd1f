import { packedInputs } from "../../models/architectures/packed-inputs.js";
import type { CheckpointWeights } from "../../models/model-folder.js";
import type { Checkpoint } from "../../models/safetensors/index.js";
import {
  absorbProjections,
  type Feeds,
  Graph,
  insertDropout,
  keepFirstRows,
  modelBytes,
  trainingGraph,
  type Value,
} from "../../onnx/index.js";
import { RankwrightError } from "../../types/index.js";
import type { TrainingBatch } from "../data/index.js";
import type { Loss } from "../losses/loss.js";
import { maskInputs, trainingParameters } from "../step/index.js";
import { forwardBytes } from "./forward-bytes.js";
import { lacksClassifier } from "./new-head.js";
import { tokenSlots } from "./token-slots.js";
import type { TrainingGraphs } from "./trainable-model.js";
import { TrainableTensors } from "./trainable-tensors.js";

/** Feeds of a step besides the packed sequences. */
const FURTHER_FEEDS = ["tokenSlots", "listIndex", "listTargets", "listMask"] as const;

export interface RankingOptions {
  readonly loss: Loss;
  /** Whether residual branches are dropped, by masks that every step takes. */
  readonly dropout: boolean;
}

/**
 * A training step with a ranking loss, and the forward pass to one score per sequence. A head that the
 * checkpoint does not have gets one label.
 *
 * @throws RankwrightError UNSUPPORTED_FEATURE for heads of more than two labels
 */
export async function rankingGraphs(
  weights: CheckpointWeights,
  checkpoint: Checkpoint,
  { loss, dropout }: RankingOptions,
): Promise<TrainingGraphs> {
  const headed = withHead(weights, checkpoint);
  const { graph, feeds, scores, masks, tensors } = scoresGraph(headed, checkpoint, dropout);
  const index = graph.input("listIndex", "int32", ["queries", "documents"]);
  const targets = graph.input("listTargets", "float32", ["queries", "documents"]);
  const mask = graph.input("listMask", "float32", ["queries", "documents"]);
  const lists = graph.op("Mul", [graph.op("Gather", [scores, index]), mask]);
  const value = loss.build({ graph, scores: lists, targets, mask });
  const slotRows = graph.inputs.find(({ name }) => name === "slotRows") as Value;
  const inverses = new Map([[slotRows, graph.input("tokenSlots", "int32", ["tokens"])]]);
  const step = trainingGraph(graph, { loss: value, scores: lists, inverses });
  return {
    training: {
      model: await modelBytes(step.graph),
      loss: step.loss,
      parameters: trainingParameters(step, [...feeds, ...FURTHER_FEEDS]),
      masks,
    },
    forward: await forwardPass(headed, checkpoint),
    names: tensors.names,
    missing: tensors.missing,
  };
}

/** What a step takes of a batch. */
export function rankingFeeds({ feeds, index, targets, mask }: TrainingBatch): Feeds {
  return {
    ...feeds,
    tokenSlots: tokenSlots(feeds),
    listIndex: index,
    listTargets: targets,
    listMask: mask,
  };
}

/** The same model with the labels of a ranking head: its own, or one where it has no head. */
function withHead(weights: CheckpointWeights, checkpoint: Checkpoint): CheckpointWeights {
  const { config } = weights;
  const { tensors } = logitsGraph(weights, checkpoint);
  if (lacksClassifier(tensors.missing)) return { ...weights, config: { ...config, labels: 1 } };
  if (config.labels <= 2) return weights;
  throw new RankwrightError(
    "UNSUPPORTED_FEATURE",
    `the head has ${config.labels} labels; a ranking model has one score, so train a head of one or two`,
    { field: "num_labels", value: config.labels },
  );
}

function logitsGraph({ architecture, config }: CheckpointWeights, checkpoint: Checkpoint) {
  const graph = new Graph();
  const inputs = packedInputs(graph, config.heads, architecture.features?.names);
  const tensors = new TrainableTensors(graph, checkpoint);
  graph.output(architecture.build({ graph, tensors, config }, inputs));
  return { graph, inputs, tensors };
}

/**
 * One score per sequence, [sequences]. Only the rows that the head reads are computed in the last layer, and
 * keys and values of that layer not for every token.
 */
function scoresGraph(weights: CheckpointWeights, checkpoint: Checkpoint, dropout: boolean) {
  const { config } = weights;
  const { graph: whole, inputs, tensors } = logitsGraph(weights, checkpoint);
  const narrow = absorbProjections(keepFirstRows(whole, inputs.firstRows.name), inputs.slotRows.name);
  const { graph, masks } = dropout ? insertDropout(narrow) : { graph: narrow, masks: [] };
  const logits = graph.outputs[0] as Value;
  // Two labels: the log-odds of the second, as inference has it (models/heads.ts).
  const difference = () => graph.constant("difference", Float32Array.of(-1, 1), [2, 1]);
  const column = config.labels === 1 ? logits : graph.op("MatMul", [logits, difference()]);
  const feeds = graph.inputs.map(({ name }) => name);
  const scores = graph.reshape(column, ["sequences"]);
  return { graph, feeds, scores, masks: maskInputs(graph, masks), tensors };
}

function forwardPass(weights: CheckpointWeights, checkpoint: Checkpoint): Promise<Uint8Array> {
  const { graph, scores } = scoresGraph(weights, checkpoint, false);
  graph.outputs.length = 0;
  graph.output(scores);
  return forwardBytes(graph);
}
