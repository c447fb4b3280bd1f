import { absorbProjections, Graph, keepFirstRows } from "../onnx/index.js";
import type { Architecture } from "./architectures/architecture.js";
import { packedInputs } from "./architectures/packed-inputs.js";
import type { EncoderConfig } from "./encoder-config.js";
import type { Checkpoint } from "./safetensors/index.js";
import { Tensors } from "./tensors.js";

/** Rows of which a packed graph computes one per token. */
export const TOKEN_ROWS = "tokens";

/** A model's forward pass with attention still whole, computing only the rows that the head reads. */
export function buildGraph(architecture: Architecture, config: EncoderConfig, checkpoint: Checkpoint): Graph {
  const graph = new Graph();
  const inputs = packedInputs(graph, config.heads, architecture.features?.names);
  const tensors = new Tensors(graph, checkpoint);
  graph.output(architecture.build({ graph, tensors, config }, inputs));
  return absorbProjections(keepFirstRows(graph, inputs.firstRows.name), inputs.slotRows.name);
}
