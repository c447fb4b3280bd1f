import type { Graph, Value } from "../onnx/index.js";
import { RankwrightError, show } from "../types/index.js";
import type { Checkpoint } from "./safetensors/index.js";

/**
 * A checkpoint's tensors under the names that transformers uses today, whatever they are called in
 * the file: old checkpoints say gamma and beta, some leave out the model's prefix, some add one.
 */
export class Tensors {
  readonly #graph: Graph;
  readonly #checkpoint: Checkpoint;
  readonly #names: ReadonlySet<string>;

  constructor(graph: Graph, checkpoint: Checkpoint) {
    this.#graph = graph;
    this.#checkpoint = checkpoint;
    this.#names = new Set(checkpoint.names());
  }

  /** @throws RankwrightError MISSING_TENSOR, TENSOR_SHAPE */
  weight(name: string, shape: readonly number[]): Value {
    const stored = this.#find(name);
    if (stored === undefined) {
      throw new RankwrightError(
        "MISSING_TENSOR",
        `the checkpoint has no tensor ${show(name)}; ${this.#hint(name)}`,
        { field: name },
      );
    }
    const actual = this.#checkpoint.info(stored).shape;
    if (actual.length !== shape.length || actual.some((size, axis) => size !== shape[axis])) {
      throw new RankwrightError(
        "TENSOR_SHAPE",
        `tensor ${show(stored)} has shape [${actual.join(", ")}], but config.json asks for [${shape.join(", ")}]; ` +
          "config.json and the weights belong to different models",
        { field: stored, value: actual },
      );
    }
    return this.#graph.weight(stored, shape);
  }

  #find(name: string): string | undefined {
    const legacy = name
      .replace(/LayerNorm\.weight$/, "LayerNorm.gamma")
      .replace(/LayerNorm\.bias$/, "LayerNorm.beta");
    for (const spelling of new Set([name, legacy])) {
      const bare = spelling.slice(spelling.indexOf(".") + 1);
      for (const candidate of [spelling, bare, `model.${spelling}`]) {
        if (this.#names.has(candidate)) return candidate;
      }
    }
    return undefined;
  }

  #hint(name: string): string {
    if (!name.startsWith("classifier") && !name.includes("pooler")) {
      return `it holds ${this.#names.size} others, such as ${show([...this.#names][0])}`;
    }
    return "it looks like a model without a classification head, which cannot rank; use a cross-encoder checkpoint";
  }
}
