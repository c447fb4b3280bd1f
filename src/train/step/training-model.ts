import type { DropoutMask, GradientOutput, Graph, TrainingGraph } from "../../onnx/index.js";
import { graphError } from "../../onnx/value.js";

/** A serialised graph with forward and backward pass: weights and feeds in, loss and gradients out. */
export interface TrainingModel {
  /** An ONNX file or its bytes. */
  readonly model: string | Uint8Array;
  /** The output that holds the loss, a float32 scalar. */
  readonly loss: string;
  /** Every weight input of the graph. */
  readonly parameters: readonly TrainingParameter[];
  /** Outputs besides the loss that every step reports: float32 scalars, means over what the loss is a mean of. */
  readonly measures?: readonly string[];
  /** Inputs that are masks of dropout. They are drawn anew in every step, and are no feeds. */
  readonly masks?: readonly MaskInput[];
}

/** A float32 mask [rows, width], with as many rows as a feed has. */
export interface MaskInput {
  readonly name: string;
  /** The feed whose first size is the number of rows. */
  readonly rowsOf: string;
  readonly width: number;
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

/** The masks that `insertDropout` gave a graph. */
export function maskInputs(graph: Graph, masks: readonly DropoutMask[]): readonly MaskInput[] {
  const own = new Set(masks.map(({ name }) => name));
  const feeds = graph.inputs.filter(({ name }) => !own.has(name));
  return masks.map(({ name, shape: [rows, width] }) => {
    const rowsOf = feeds.find(({ shape }) => shape[0] === rows)?.name;
    if (rowsOf === undefined || typeof width !== "number") throw graphError(`${name} has unknown sizes`);
    return { name, rowsOf, width };
  });
}

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
