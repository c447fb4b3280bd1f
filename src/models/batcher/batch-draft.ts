import type { TokenSequence } from "../pack.js";
import type { QueuedCall } from "./queued-call.js";

/** One sequence's place in a batch. */
export interface Place {
  /** Index among the call's sequences. */
  readonly sequence: number;
  /** Row in the batch. */
  readonly row: number;
}

/** What a program is given at once. */
export interface Batch {
  readonly sequences: readonly TokenSequence[];
  /** Padding excluded. */
  readonly tokens: number;
  readonly calls: ReadonlyMap<QueuedCall, readonly Place[]>;
}

/** A batch in the making. */
export class BatchDraft implements Batch {
  readonly sequences: TokenSequence[] = [];
  readonly calls = new Map<QueuedCall, Place[]>();
  tokens = 0;
  /** Tokens of the longest sequence. */
  width = 0;
  readonly #budget: number;
  readonly #tokensBefore: (deadline: number | undefined) => number;
  /** Tokens that the deadlines of its calls leave it. */
  #most = Number.POSITIVE_INFINITY;

  /**
   * @param budget padded tokens; a single sequence may have more
   * @param tokensBefore tokens that a batch may have in order to end before a deadline
   */
  constructor(budget: number, tokensBefore: (deadline: number | undefined) => number) {
    this.#budget = budget;
    this.#tokensBefore = tokensBefore;
  }

  get full(): boolean {
    return this.sequences.length > 0 && this.width * (this.sequences.length + 1) > this.#budget;
  }

  /** Takes sequences of `least` to `most` tokens out of a call, longest first, as long as there is room. */
  fill(call: QueuedCall, least: number, most: number): void {
    const inTime = this.#tokensBefore(call.deadline);
    while (!this.full) {
      const count = this.sequences.length + 1;
      const index = call.take(
        least,
        Math.min(
          most,
          count === 1 ? Number.POSITIVE_INFINITY : Math.floor(this.#budget / count),
          Math.min(this.#most, inTime) - this.tokens,
        ),
      );
      if (index === undefined) return;
      this.#most = Math.min(this.#most, inTime);
      this.#add(call, index);
    }
  }

  #add(call: QueuedCall, index: number): void {
    const places = this.calls.get(call) ?? [];
    this.calls.set(call, places);
    places.push({ sequence: index, row: this.sequences.length });
    this.sequences.push(call.sequences[index] as TokenSequence);
    this.width = Math.max(this.width, call.length(index));
    this.tokens += call.length(index);
  }
}
