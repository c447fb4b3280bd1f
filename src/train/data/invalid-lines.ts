import { isLineError } from "./invalid-data.js";

/** Messages that are kept, of all that were skipped. */
const KEPT = 20;

/**
 * Lines that cannot be learned from: thrown, or skipped and counted as long as the caller allows. What is
 * skipped silently would be missed by nobody, hence the count and the bound.
 */
export class InvalidLines {
  /** Lines skipped so far. */
  count = 0;
  /** What was wrong with the first of them, each with file and line. */
  readonly messages: string[] = [];
  readonly #allowed: number;

  /** @param allowed lines that may be skipped, over all files */
  constructor(allowed: number) {
    this.#allowed = allowed;
  }

  /** Skips the line that the error is about. @throws the error, where no more lines may be skipped */
  skip(error: unknown): void {
    if (!isLineError(error)) throw error;
    if (this.count === this.#allowed) throw error;
    this.count++;
    if (this.messages.length < KEPT) this.messages.push(error.message);
  }
}
