import type { Graph, Value } from "../../onnx/index.js";

/** What a loss is built from. Q queries with up to L documents each; all float32 [Q, L]. */
export interface LossInputs {
  readonly graph: Graph;
  /** The model's logits; 0 where `mask` is 0. */
  readonly scores: Value;
  /** As in the examples; 0 where `mask` is 0. */
  readonly targets: Value;
  /** 1 for a document, 0 where a list is shorter than L. */
  readonly mask: Value;
}

/** What a model learns from. Each one names the paper or code of its formula. */
export interface Loss {
  /** As on the command line, in kebab case. */
  readonly name: string;
  /** One line for help and documentation. */
  readonly help: string;
  /** Fewest documents that an example needs: 1 for pointwise losses, 2 for the others. */
  readonly leastDocuments: 1 | 2;
  /** Says what is wrong with an example's targets for this loss, or undefined: "must be 0 or 1". */
  check(targets: readonly number[]): string | undefined;
  /** Adds the loss to the graph and returns it, a scalar averaged over queries or pairs as its paper has it. */
  build(inputs: LossInputs): Value;
}
