import type { TokenSequence } from "../pack.js";
import type { PaperCall, SharedClock } from "./shared-clock.js";

/** A call with a deadline gets its sequences done in groups of so many, those that matter most first. */
const URGENT_GROUP = 32;
/** Every step of priority divides a call's share by this; steps beyond the last are all alike. */
const SHARE_PER_PRIORITY = 4;
const LAST_PRIORITY = 5;

export interface QueuedCallOptions {
  /** `performance.now()` value. */
  readonly deadline?: number | undefined;
  /** 0 (default) before 1, and so on; 5 and more are alike. */
  readonly priority?: number | undefined;
}

/** The sequences of one call that wait to be run: which comes next, and what the call has had so far. */
export class QueuedCall {
  readonly sequences: readonly TokenSequence[];
  readonly deadline: number | undefined;
  /** Rises with every call: order among equals. */
  readonly arrival: number;
  /** How many of the sequences wait. */
  waiting: number;
  /** Tokens of those that wait. */
  tokens = 0;
  /** Its share of the processor, against 1 of priority 0. */
  readonly weight: number;
  /** Its place in line: what would be finished first on paper is served first. */
  readonly paper: PaperCall;
  /** Indices of the sequences that may run now, longest last. */
  #open: number[] = [];
  /** Those that may run after them, likewise; the last group is next. */
  readonly #groups: number[][];

  constructor(
    sequences: readonly TokenSequence[],
    arrival: number,
    clock: SharedClock,
    { deadline, priority = 0 }: QueuedCallOptions = {},
  ) {
    this.sequences = sequences;
    this.arrival = arrival;
    this.deadline = deadline;
    this.weight = SHARE_PER_PRIORITY ** -Math.min(priority, LAST_PRIORITY);
    this.waiting = sequences.length;
    for (const { ids } of sequences) this.tokens += ids.length;
    this.paper = clock.add(this.tokens, this.weight);
    this.#groups = this.#group(deadline === undefined ? sequences.length : URGENT_GROUP);
    this.#openGroup();
  }

  /** Tokens of each sequence that may run now. */
  get openLengths(): readonly number[] {
    return this.#open.map((index) => this.length(index));
  }

  /** Tokens of the sequence that is next: the longest of those that may run now. */
  get next(): number {
    return this.length(this.#open.at(-1) as number);
  }

  length(index: number): number {
    return (this.sequences[index] as TokenSequence).ids.length;
  }

  /**
   * Takes the longest sequence out that has `least` to `most` tokens.
   * @returns its index, undefined where there is none
   */
  take(least: number, most: number): number | undefined {
    const at = this.#countOfAtMost(most) - 1;
    const index = this.#open[at];
    if (index === undefined || this.length(index) < least) return undefined;
    this.#open.splice(at, 1);
    if (this.#open.length === 0) this.#openGroup();
    const tokens = this.length(index);
    this.tokens -= tokens;
    this.waiting--;
    return index;
  }

  /** Gives up all that waits. */
  drop(): void {
    this.#groups.length = 0;
    this.#open = [];
    this.waiting = 0;
    this.tokens = 0;
  }

  #openGroup(): void {
    this.#open = this.#groups.pop() ?? [];
  }

  #group(size: number): number[][] {
    const groups: number[][] = [];
    for (let start = 0; start < this.sequences.length; start += size) {
      const end = Math.min(start + size, this.sequences.length);
      const group = Array.from({ length: end - start }, (_, i) => start + i);
      groups.push(group.sort((a, b) => this.length(a) - this.length(b) || b - a));
    }
    return groups.reverse();
  }

  /** How many of `#open` have at most so many tokens. */
  #countOfAtMost(tokens: number): number {
    let [low, high] = [0, this.#open.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.length(this.#open[middle] as number) > tokens) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
