import { evenBudget } from "../batches.js";
import type { TokenSequence } from "../pack.js";
import { type Batch, BatchDraft } from "./batch-draft.js";
import { QueuedCall, type QueuedCallOptions } from "./queued-call.js";
import { SharedClock } from "./shared-clock.js";

/** A sequence goes well with another when neither is longer than so many times the other. */
const SIMILAR = 4 / 3;
/** An even end is planned when no more sequences than this wait; before, it is too far away to matter. */
const NEAR_THE_END = 1024;

/**
 * Holds the sequences of all calls and composes batches of them.
 *
 * Whose turn it is, is decided by the fair sojourn protocol (Friedman and Henderson, "Fairness and efficiency in web
 * server protocols", SIGMETRICS 2003): calls are served one after the other, in the order in which they would end if
 * all of them shared the processor equally. Each then ends no later than it would by sharing, but for the batches
 * under way and the room that leaders leave in theirs; most end sooner, because work does not stay half done. A small
 * call passes a large one, and nobody waits for ever: what arrives later has to end before it on paper.
 *
 * The leader brings its longest sequences; the calls that are next in line fill what room it leaves, with sequences of
 * similar length first. A call that is alone gets the batches that cutting its sequences, sorted by length, would give.
 */
export class FairQueue {
  readonly #budget: number;
  readonly #lanes: number;
  /** In the order in which they would lead. */
  #line: QueuedCall[] = [];
  readonly #clock = new SharedClock();
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
    this.#clock.remove(call.paper);
    this.#even = undefined;
  }

  /**
   * Takes the next batch out. At least one call must wait, and its next sequence end in time.
   * @param tokensBefore tokens that a batch may have in order to end before a deadline
   */
  compose(tokensBefore: (deadline: number | undefined) => number): Batch {
    const [leader, ...others] = this.#line as [QueuedCall, ...QueuedCall[]];
    const draft = new BatchDraft(this.#nextBudget(), tokensBefore);
    draft.fill(leader, 0, leader.next);
    const { width } = draft;
    for (const call of others) {
      if (draft.full) break;
      draft.fill(call, width / SIMILAR, width * SIMILAR);
    }
    for (const call of others) {
      if (draft.full) break;
      draft.fill(call, 0, draft.width);
    }
    this.#line = this.#line.filter((call) => call.waiting > 0);
    this.#clock.advance(draft.tokens);
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
  return a.paper.finish === b.paper.finish ? a.arrival < b.arrival : a.paper.finish < b.paper.finish;
}
