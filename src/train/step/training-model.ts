import type { GradientOutput, TrainingGraph } from "../../onnx/index.js";
import { graphError } from "../../onnx/value.js";

/** A serialised graph with forward and backward pass: weights and feeds in, loss and gradients out. */
export interface TrainingModel {
  /** An ONNX file or its bytes. */
  readonly model: string | Uint8Array;
  /** The output that holds the loss, a float32 scalar. */
  readonly loss: string;
  /** Every weight input of the graph. */
  readonly parameters: readonly TrainingParameter[];
}

export interface TrainingParameter {
  /** Its tensor's name in the checkpoint, and the name of the graph's input. */
  readonly name: string;
  readonly shape: readonly number[];
  /** A parameter without one stays as it is. No two may share a dense output. */
  readonly gradient?: GradientOutput | undefined;
}

/** Float32 tensors by name, row-major. */
export type Tensors = ReadonlyMap<string, Float32Array>;

/** The parameters of a training graph, given which of its inputs are feeds. */
export function trainingParameters(
  { graph, gradients }: TrainingGraph,
  feeds: readonly string[],
): readonly TrainingParameter[] {
  return graph.inputs
    .filter(({ name }) => !feeds.includes(name))
    .map(({ name, shape }) => {
      if (shape.some((size) => typeof size === "string"))
        throw graphError(`${name} is a feed or has no size`);
      return { name, shape: shape as readonly number[], gradient: gradients.get(name) };
    });
}
