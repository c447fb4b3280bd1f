import { packedInputs } from "../../models/architectures/packed-inputs.js";
import type { CheckpointWeights } from "../../models/model-folder.js";
import type { Checkpoint } from "../../models/safetensors/index.js";
import {
  type Feeds,
  Graph,
  insertDropout,
  modelBytes,
  rewrite,
  trainingGraph,
  type Value,
} from "../../onnx/index.js";
import { graphError } from "../../onnx/value.js";
import type { MlmBatch } from "../data/index.js";
import { maskedLanguageModelling } from "../losses/mlm.js";
import { maskInputs, trainingParameters } from "../step/index.js";
import { forwardBytes } from "./forward-bytes.js";
import { mlmLogits } from "./mlm-head.js";
import type { TrainingGraphs } from "./trainable-model.js";
import { TrainableTensors } from "./trainable-tensors.js";

/**
 * A training step of masked language modelling and its forward pass, whose outputs are loss and accuracy. The
 * model's own head is left out; that of the pre-training is tied to the word embeddings, see `mlmLogits`.
 */
export async function mlmGraphs(
  weights: CheckpointWeights,
  checkpoint: Checkpoint,
  { dropout }: { readonly dropout: boolean },
): Promise<TrainingGraphs> {
  const { graph, masks, tensors, copies, loss, accuracy } = mlmGraph(weights, checkpoint, dropout);
  const feeds = graph.inputs.map(({ name }) => name);
  const step = trainingGraph(graph, { loss, scores: accuracy });
  return {
    training: {
      model: await modelBytes(step.graph),
      loss: step.loss,
      measures: [step.scores],
      parameters: trainingParameters(step, feeds),
      masks,
    },
    forward: await forwardBytes(mlmGraph(weights, checkpoint, false).graph),
    names: tensors.names,
    missing: new Map(),
    copies,
  };
}

/** What a step takes of a batch. */
export function mlmFeeds({ feeds, positions, labels }: MlmBatch): Feeds {
  return { ...feeds, maskedRows: positions, maskedLabels: labels };
}

function mlmGraph({ architecture, config }: CheckpointWeights, checkpoint: Checkpoint, dropout: boolean) {
  const whole = new Graph();
  const inputs = packedInputs(whole, config.heads, architecture.features?.names);
  const tensors = new TrainableTensors(whole, checkpoint);
  architecture.build({ graph: whole, tensors, config }, inputs);
  const maskedRows = whole.input("maskedRows", "int32", ["masked"]);
  const labels = whole.input("maskedLabels", "int64", ["masked"]);
  // The head reads the first token of what the encoder puts out.
  const hidden = gathered(whole, inputs.firstRows);
  const masked = whole.op("Gather", [hidden, maskedRows]);
  const words = gathered(whole, inputs.ids);
  const { logits, copies } = mlmLogits({ graph: whole, tensors, config }, masked, words);
  const measured = maskedLanguageModelling({ graph: whole, logits, labels });
  whole.output(measured.loss);
  whole.output(measured.accuracy);
  const needed = rewrite(whole, () => undefined);
  const { graph, masks } = dropout ? insertDropout(needed) : { graph: needed, masks: [] };
  const [loss, accuracy] = graph.outputs as [Value, Value];
  return { graph, masks: maskInputs(graph, masks), tensors, copies, loss, accuracy };
}

/** What rows are looked up in by these indices. */
function gathered(graph: Graph, indices: Value): Value {
  const table = graph.nodes.find(({ op, inputs }) => op === "Gather" && inputs[1] === indices)?.inputs[0];
  if (table === undefined) throw graphError(`nothing is looked up by ${indices.name}`);
  return table;
}
