import type { Graph, Value } from "../../onnx/index.js";
import type { RawConfig } from "../config.js";
import type { EncoderConfig } from "../encoder-config.js";
import type { Tensors } from "../tensors.js";
import type { PackedInputs } from "./packed-inputs.js";

/** What a forward pass is written with: the graph, the checkpoint's tensors, and the sizes. */
export interface BuildContext {
  readonly graph: Graph;
  readonly tensors: Tensors;
  readonly config: EncoderConfig;
}

/** One family of models: a forward pass for the `model_type`s it names. */
export interface Architecture {
  readonly modelTypes: readonly string[];
  /** Longest sequence, special tokens included. */
  maxTokens(config: EncoderConfig): number;
  readConfig(raw: RawConfig): EncoderConfig;
  /** Writes the forward pass and returns the logits [sequences, labels]. */
  build(context: BuildContext, inputs: PackedInputs): Value;
}
