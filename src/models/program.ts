import type { TokenSequence } from "./pack.js";

export type Precision = "float32" | "int8";

/** A model ready to run: token sequences in, logits out. One for own graphs, one for ready-made ones. */
export interface Program {
  /** Logits per sequence. */
  readonly labels: number;
  /** Batches that can run at the same time. */
  readonly parallelism: number;
  /** Logits [sequences, labels], row-major, as the model's head gives them. */
  run(sequences: readonly TokenSequence[]): Promise<Float32Array>;
  close(): Promise<void>;
}
