import type { SessionPool } from "../onnx/index.js";
import { RankwrightError } from "../types/index.js";
import { packSequences, type SequenceFeatures, type TokenSequence } from "./pack.js";
import type { Program } from "./program.js";

/** The sizes that feeds and logits depend on. */
export interface PackedShape {
  readonly heads: number;
  readonly labels: number;
}

/** A graph of our own (architectures/), which takes packed sequences. */
export class PackedProgram implements Program {
  readonly labels: number;
  readonly #heads: number;
  readonly #pool: SessionPool;
  readonly #features: SequenceFeatures | undefined;

  /** @param features of families that declare some */
  constructor(pool: SessionPool, { heads, labels }: PackedShape, features?: SequenceFeatures) {
    this.#pool = pool;
    this.#features = features;
    this.#heads = heads;
    this.labels = labels;
  }

  get parallelism(): number {
    return this.#pool.size;
  }

  async run(sequences: readonly TokenSequence[]): Promise<Float32Array> {
    const outputs = await this.#pool.run(packSequences(sequences, this.#heads, this.#features));
    const [logits] = Object.values(outputs);
    if (logits?.data.length !== sequences.length * this.labels) {
      throw new RankwrightError(
        "INTERNAL",
        "the graph returned another number of logits than sequences; please report this",
      );
    }
    return logits.data;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
