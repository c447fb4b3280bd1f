import type { Graph } from "../graph.js";
import { lowerAttention } from "../rewrites/lower-attention.js";
import { weightsAsInputs } from "../rewrites/weights-as-inputs.js";
import { graphError, type Value } from "../value.js";
import { differentiate } from "./differentiate.js";

/** Where a weight's gradient is found among the outputs of a run. */
export type GradientOutput =
  /** A tensor of the weight's shape. */
  | { readonly kind: "dense"; readonly output: string }
  /**
   * `rows` is float32 [N, columns]; row i belongs to row `indices[i]` of the weight, and rows of one index
   * add up. `indices` (int32 [N]) is an input's name where the feed holds them, else an output's.
   */
  | { readonly kind: "rows"; readonly indices: string; readonly rows: string };

/** A graph that computes loss and gradients; weights are its inputs, under the names of their tensors. */
export interface TrainingGraph {
  readonly graph: Graph;
  /** Outputs by name. */
  readonly loss: string;
  readonly scores: string;
  /** By tensor. Weights that the loss does not depend on have none. */
  readonly gradients: ReadonlyMap<string, GradientOutput>;
}

export interface TrainingOutputs {
  /** A scalar. */
  readonly loss: Value;
  /** Whatever else the caller wants to see of a step, such as the logits. */
  readonly scores: Value;
  /** Tensors of the checkpoint to differentiate by; default: all. The others stay fixed inputs. */
  readonly trainable?: ((tensor: string) => boolean) | undefined;
  /** See `differentiate`. */
  readonly inverses?: ReadonlyMap<Value, Value> | undefined;
}

/**
 * Makes a training step of a forward pass: differentiates it, lowers attention, and turns its weights into
 * inputs, so that the caller can keep them in one buffer and update them in place. `modelBytes` writes the
 * result. The given graph is used up.
 */
export function trainingGraph(
  graph: Graph,
  { loss, scores, trainable = () => true, inverses }: TrainingOutputs,
): TrainingGraph {
  const tensors = new Map<Value, string>();
  for (const [value, origin] of graph.weights) {
    if (origin.kind === "computed") throw graphError(`${value.name} is computed and cannot be trained`);
    if (origin.kind === "tensor") tensors.set(value, origin.tensor);
  }
  const wrt = [...tensors].flatMap(([value, tensor]) => (trainable(tensor) ? [value] : []));
  const gradients = differentiate(graph, loss, wrt, inverses);

  graph.outputs.length = 0;
  const put = (value: Value) => {
    if (!graph.outputs.includes(value)) graph.output(value);
  };
  for (const value of [loss, scores]) put(value);
  for (const gradient of gradients.values()) {
    if (gradient.kind === "dense") put(gradient.value);
    else {
      put(gradient.rows);
      if (!graph.inputs.includes(gradient.indices)) put(gradient.indices);
    }
  }
  const lowered = lowerAttention(graph);
  weightsAsInputs(lowered);
  /** The names of outputs change in lowering, their order does not. */
  const nameOf = (value: Value) =>
    graph.inputs.includes(value) ? value.name : (lowered.outputs[graph.outputs.indexOf(value)] as Value).name;
  const named = [...gradients].map(([value, gradient]): [string, GradientOutput] => [
    tensors.get(value) as string,
    gradient.kind === "dense"
      ? { kind: "dense", output: nameOf(gradient.value) }
      : { kind: "rows", indices: nameOf(gradient.indices), rows: nameOf(gradient.rows) },
  ]);
  return { graph: lowered, loss: nameOf(loss), scores: nameOf(scores), gradients: new Map(named) };
}
