import type { Checkpoint } from "../../models/safetensors/index.js";
import { Tensors } from "../../models/tensors.js";
import { Graph, type Value } from "../../onnx/index.js";
import { RankwrightError } from "../../types/index.js";

/**
 * A checkpoint's tensors in a graph, each under today's name, whatever the file calls it: what is trained is
 * saved under names that every reader knows. The tensors of a head that the checkpoint does not have are in
 * the graph all the same.
 */
export class TrainableTensors extends Tensors {
  /** Today's name of each tensor that was asked for, by its name in the file. */
  readonly names = new Map<string, string>();
  /** Shapes of the head's tensors that the file does not have, by name. */
  readonly missing = new Map<string, readonly number[]>();
  readonly #graph: Graph;

  constructor(graph: Graph, checkpoint: Checkpoint) {
    // The lookup's own graph takes the values under the file's names.
    super(new Graph(), checkpoint);
    this.#graph = graph;
  }

  /** @throws RankwrightError MISSING_TENSOR unless it belongs to a head, TENSOR_SHAPE */
  override weight(name: string, shape: readonly number[]): Value {
    const found = this.optional(name, shape);
    if (found !== undefined) return found;
    if (!isOfHead(name)) return super.weight(name, shape);
    this.missing.set(name, shape);
    return this.#graph.weight(name, shape);
  }

  /** Undefined where the checkpoint has no such tensor. @throws RankwrightError TENSOR_SHAPE */
  optional(name: string, shape: readonly number[]): Value | undefined {
    try {
      this.names.set(super.weight(name, shape).name, name);
    } catch (error) {
      if (RankwrightError.isInstance(error) && error.code === "MISSING_TENSOR") return undefined;
      throw error;
    }
    return this.#graph.weight(name, shape);
  }
}

/** Whether a tensor belongs to a head for classification, by today's name. */
export function isOfHead(name: string): boolean {
  return name.startsWith("classifier.") || name.includes(".pooler.");
}
