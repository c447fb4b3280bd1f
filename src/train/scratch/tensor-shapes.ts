import { packedInputs } from "../../models/architectures/packed-inputs.js";
import type { CheckpointWeights } from "../../models/model-folder.js";
import { Graph } from "../../onnx/index.js";
import { mlmHeadShapes } from "../trainer/mlm-head.js";
import { isOfHead } from "../trainer/trainable-tensors.js";

/** What a new model shall learn first, which decides about its head: to rank, or to guess masked tokens. */
export type FirstTask = "ranking" | "masked";

/**
 * Every tensor of a model by name, as its forward pass asks for them: with the head for classification, or with
 * that of masked language modelling, where the family has one.
 */
export function tensorShapes(
  { architecture, config }: Pick<CheckpointWeights, "architecture" | "config">,
  task: FirstTask,
): ReadonlyMap<string, readonly number[]> {
  const graph = new Graph();
  const shapes = new Map<string, readonly number[]>();
  const tensors = {
    weight(name: string, shape: readonly number[]) {
      shapes.set(name, shape);
      return graph.weight(name, shape);
    },
  };
  architecture.build(
    { graph, tensors, config },
    packedInputs(graph, config.heads, architecture.features?.names),
  );
  if (task === "ranking") return shapes;
  return new Map([...[...shapes].filter(([name]) => !isOfHead(name)), ...mlmHeadShapes(config)]);
}
