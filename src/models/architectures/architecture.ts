import type { Graph, Value } from "../../onnx/index.js";
import type { RawConfig } from "../config.js";
import type { EncoderConfig } from "../encoder-config.js";
import type { FeatureNames, SequenceFeatures } from "../pack.js";
import type { Checkpoint } from "../safetensors/index.js";
import type { Tensors } from "../tensors.js";
import type { PackedInputs } from "./packed-inputs.js";

/** What a forward pass is written with: the graph, the checkpoint's tensors, and the sizes. */
export interface BuildContext {
  readonly graph: Graph;
  readonly tensors: Pick<Tensors, "weight">;
  readonly config: EncoderConfig;
}

/** Inputs of a family beyond ids, types and positions. */
export interface FeatureInputs {
  /** As the graph's inputs are called, see `PackedInputs.features`. */
  readonly names: FeatureNames;
  /**
   * Makes ready what computes them, from the model folder's files and tensors.
   *
   * @throws RankwrightError with the codes of model folders
   */
  open(folder: string, checkpoint: Checkpoint, config: EncoderConfig): Promise<SequenceFeatures>;
}

/** One family of models: a forward pass for the `model_type`s it names. */
export interface Architecture {
  readonly modelTypes: readonly string[];
  /** Longest sequence, special tokens included. */
  maxTokens(config: EncoderConfig): number;
  readConfig(raw: RawConfig): EncoderConfig;
  /** Absent where ids, types and positions are all that the family reads. */
  readonly features?: FeatureInputs | undefined;
  /** Writes the forward pass and returns the logits [sequences, labels]. */
  build(context: BuildContext, inputs: PackedInputs): Value;
}
