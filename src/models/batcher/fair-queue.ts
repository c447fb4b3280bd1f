import { evenBudget } from "../batches.js";
import type { TokenSequence } from "../pack.js";
import { type Batch, BatchDraft } from "./batch-draft.js";
import { QueuedCall, type QueuedCallOptions } from "./queued-call.js";

/** A sequence goes well with another when neither is longer than so many times the other. */
const SIMILAR = 4 / 3;
/** An even end is planned when no more sequences than this wait; before, it is too far away to matter. */
const NEAR_THE_END = 1024;

/**
 * Holds the sequences of all calls and composes batches of them.
 *
 * Whose turn it is, is decided by self-clocked fair queueing (Golestani, "A self-clocked fair queueing scheme
 * for broadband applications", INFOCOM 1994), the tokens of a sequence being the size of a packet. Every call
 * has a virtual time up to which it has been served, which grows with its tokens, faster at a lower priority;
 * the call whose next sequence would be finished first leads the next batch, and that finish is what the
 * clock shows: the time at which new calls arrive. Nothing that arrives later can finish before the clock,
 * so that no call waits for ever.
 *
 * The leader brings its longest sequence and others of similar length; the calls that are next in line add
 * what is similar to that, then the leader and they fill what room is left. A call that does not lead may
 * thereby run ahead of the clock by one batch, not more. A call that is alone gets the batches that
 * cutting its sequences, sorted by length, would give.
 *
 * From a call's arrival until the last of its T tokens is started, any other call of the same priority is
 * served T + max(batch, M) + M tokens at most, M being its longest sequence: a small call does not wait for
 * the whole of a large one. Where they differ in priority, T counts cost of the one / cost of the other times.
 */
export class FairQueue {
  readonly #budget: number;
  readonly #lanes: number;
  /** In the order in which they would lead. */
  #line: QueuedCall[] = [];
  #clock = 0;
  #arrivals = 0;
  /** Padded tokens of the next batches; undefined when it has to be planned again. */
  #even: number | undefined;
  /** Sequences of that plan that still wait. */
  #planned = 0;
  /** How many sequences wait. */
  sequences = 0;
  /** Tokens of those that wait. */
  tokens = 0;

  /** @param lanes batches that run at the same time */
  constructor(budget: number, lanes: number) {
    this.#budget = budget;
    this.#lanes = lanes;
  }

  /** The call that leads the next batch. */
  get first(): QueuedCall | undefined {
    return this.#line[0];
  }

  /** @param sequences at least one */
  add(sequences: readonly TokenSequence[], options?: QueuedCallOptions): QueuedCall {
    const call = new QueuedCall(sequences, this.#arrivals++, this.#clock, options);
    this.sequences += call.waiting;
    this.tokens += call.tokens;
    this.#insert(call);
    this.#even = undefined;
    return call;
  }

  /** Takes all that waits of a call out. */
  remove(call: QueuedCall): void {
    const place = this.#line.indexOf(call);
    if (place < 0) return;
    this.#line.splice(place, 1);
    this.sequences -= call.waiting;
    this.tokens -= call.tokens;
    call.drop();
    this.#even = undefined;
  }

  /**
   * Takes the next batch out. At least one call must wait, and its next sequence end in time.
   * @param tokensBefore tokens that a batch may have in order to end before a deadline
   */
  compose(tokensBefore: (deadline: number | undefined) => number): Batch {
    const [leader, ...others] = this.#line as [QueuedCall, ...QueuedCall[]];
    const { next } = leader;
    this.#clock = leader.finish;
    const ahead = this.#clock + this.#budget;
    const draft = new BatchDraft(this.#nextBudget(), tokensBefore);
    draft.fill(leader, next / SIMILAR, next);
    for (const call of others) {
      if (draft.full) break;
      draft.fill(call, next / SIMILAR, next * SIMILAR, ahead);
    }
    draft.fill(leader, 0, next);
    for (const call of others) {
      if (draft.full) break;
      draft.fill(call, 0, draft.width, ahead);
    }
    this.#line = this.#line.filter((call) => !draft.calls.has(call));
    for (const call of draft.calls.keys()) if (call.waiting > 0) this.#insert(call);
    this.sequences -= draft.sequences.length;
    this.tokens -= draft.tokens;
    this.#planned -= draft.sequences.length;
    if (this.#planned <= 0) this.#even = undefined;
    return draft;
  }

  #nextBudget(): number {
    if (this.#even === undefined && this.sequences <= NEAR_THE_END) {
      const lengths = this.#line.flatMap((call) => call.openLengths);
      this.#even = evenBudget(lengths, this.#budget, this.#lanes);
      this.#planned = lengths.length;
    }
    return this.#even ?? this.#budget;
  }

  #insert(call: QueuedCall): void {
    let [low, high] = [0, this.#line.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(this.#line[middle] as QueuedCall, call)) low = middle + 1;
      else high = middle;
    }
    this.#line.splice(low, 0, call);
  }
}

function inOrder(a: QueuedCall, b: QueuedCall): boolean {
  return a.finish === b.finish ? a.arrival < b.arrival : a.finish < b.finish;
}
