import { RankwrightError } from "../types/index.js";
import type { TokenSequence } from "./pack.js";
import type { Program } from "./program.js";

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value; no batch is started that would probably end later. */
  readonly deadline?: number | undefined;
}

/** Batches under way per session: one runs while the next waits at its door. */
const QUEUE_DEPTH = 2;

/** Feeds a program with batches, as many at once as it can run. */
export class BatchRunner {
  readonly #program: Program;
  /** Milliseconds per token, of recent batches. */
  #pace = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * Runs the batches in order and hands over the logits of each as it ends. Stops early, without an
   * error, when the deadline comes; batches that were not run are never handed over.
   *
   * @throws RankwrightError ABORTED
   */
  async run(
    sequences: readonly TokenSequence[],
    batches: readonly (readonly number[])[],
    options: RunOptions,
    receive: (batch: readonly number[], logits: Float32Array) => void,
  ): Promise<void> {
    let next = 0;
    let failed = false;
    const lane = async () => {
      while (next < batches.length && !failed) {
        const batch = (batches[next] as readonly number[]).map((index) => sequences[index] as TokenSequence);
        const tokens = batch.reduce((sum, { ids }) => sum + ids.length, 0);
        throwIfAborted(options.signal);
        if (this.#wouldBeLate(tokens, options.deadline)) return;
        const indices = batches[next++] as readonly number[];
        const started = performance.now();
        const logits = await this.#program.run(batch);
        this.#observe((performance.now() - started) / tokens);
        receive(indices, logits);
      }
    };
    // With a deadline nothing waits in line, because what waits can no longer be taken back.
    const depth = options.deadline === undefined ? QUEUE_DEPTH : 1;
    const lanes = Array.from({ length: this.#program.parallelism * depth }, () =>
      lane().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    );
    const ended = await Promise.allSettled(lanes);
    const broken = ended.find((result) => result.status === "rejected");
    if (broken !== undefined) throw broken.reason;
  }

  #wouldBeLate(tokens: number, deadline: number | undefined): boolean {
    return deadline !== undefined && performance.now() + tokens * this.#pace >= deadline;
  }

  #observe(pace: number): void {
    this.#pace = this.#pace === 0 ? pace : 0.8 * this.#pace + 0.2 * pace;
  }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new RankwrightError("ABORTED", "the caller aborted the call", {
      field: "signal",
      cause: signal.reason,
    });
  }
}
