import { type Graph, lowerAttention, modelBytes } from "../../onnx/index.js";
import { weightsAsInputs } from "../../onnx/rewrites/weights-as-inputs.js";

/** A forward pass as bytes, which takes the weights that it needs as inputs. */
export function forwardBytes(graph: Graph): Promise<Uint8Array> {
  const lowered = lowerAttention(graph);
  weightsAsInputs(lowered);
  return modelBytes(lowered);
}
