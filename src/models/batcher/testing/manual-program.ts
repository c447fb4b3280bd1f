import type { TokenSequence } from "../../pack.js";
import type { Program } from "../../program.js";

/** A batch that a `ManualProgram` was given. */
export interface ManualRun {
  readonly sequences: readonly TokenSequence[];
  /** Answers with each sequence's length as its logit. */
  succeed(): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** Lets all callbacks of this turn of the event loop, and of the next, run. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A program whose batches end when the test says so. */
export class ManualProgram implements Program {
  readonly labels = 1;
  readonly parallelism: number;
  /** In the order in which they were started. */
  readonly runs: ManualRun[] = [];

  constructor(parallelism = 1) {
    this.parallelism = parallelism;
  }

  run(sequences: readonly TokenSequence[]): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      this.runs.push({
        sequences,
        succeed: () => {
          resolve(Float32Array.from(sequences, ({ ids }) => ids.length));
          return turn();
        },
        fail: (error) => {
          reject(error);
          return turn();
        },
      });
    });
  }

  async close(): Promise<void> {}
}
