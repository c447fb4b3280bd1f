import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evenBudget } from "../batches.js";
import type { Batch } from "./batch-draft.js";
import { FairQueue } from "./fair-queue.js";
import type { QueuedCall } from "./queued-call.js";
import { sequencesOf } from "./testing/sequences.js";

const BUDGET = 512;
const inTime = () => Number.POSITIVE_INFINITY;

const lengthsOf = ({ sequences }: Batch) => sequences.map(({ ids }) => ids.length);
const padded = (batch: Batch) => batch.sequences.length * Math.max(...lengthsOf(batch));

/** Every batch until nothing waits. */
function drain(queue: FairQueue): Batch[] {
  const batches: Batch[] = [];
  while (queue.first !== undefined) batches.push(queue.compose(inTime));
  return batches;
}

const length = fc.integer({ min: 1, max: 600 });
const lengths = fc.array(length, { minLength: 1, maxLength: 60 });
const someCall = fc.record({
  lengths,
  priority: fc.integer({ min: 0, max: 7 }),
  deadline: fc.constantFrom(undefined, 1e9),
});

/** Calls come and go between batches: a call to add, a batch to compose, or the n-th call to remove. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("add" as const), call: someCall }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("compose" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), which: fc.nat(20) }) },
);
const history = fc.array(step, { maxLength: 60 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Follows what becomes of each call's sequences. */
class Follower {
  readonly queue: FairQueue;
  readonly calls: QueuedCall[] = [];
  readonly batches: Batch[] = [];
  readonly runs = new Map<QueuedCall, number[]>();
  readonly removed = new Map<QueuedCall, number>();

  constructor(lanes: number) {
    this.queue = new FairQueue(BUDGET, lanes);
  }

  /** Plays a history, then batches alone until nothing waits; all of it until the test says stop. */
  play(steps: readonly Step[], stop = () => false): void {
    for (const next of steps) {
      if (stop()) return;
      if (next.do === "add") this.calls.push(this.queue.add(sequencesOf(...next.call.lengths), next.call));
      else if (next.do === "compose") this.compose();
      else this.remove(this.calls[next.which]);
    }
    while (this.queue.first !== undefined && !stop()) this.compose();
  }

  /** Tokens that a call has been served. */
  served(call: QueuedCall): number {
    return (this.runs.get(call) ?? []).reduce((sum, sequence) => sum + call.length(sequence), 0);
  }

  compose(): void {
    if (this.queue.first === undefined) return;
    const batch = this.queue.compose(inTime);
    this.batches.push(batch);
    for (const [call, places] of batch.calls) {
      const runs = this.runs.get(call) ?? [];
      this.runs.set(call, [...runs, ...places.map(({ sequence }) => sequence)]);
      for (const { sequence, row } of places) expect(batch.sequences[row]).toBe(call.sequences[sequence]);
    }
  }

  remove(call: QueuedCall | undefined): void {
    if (call === undefined) return;
    this.queue.remove(call);
    if (!this.removed.has(call)) this.removed.set(call, this.runs.get(call)?.length ?? 0);
  }
}

describe("FairQueue", () => {
  it("composes every sequence once, and none of a removed call", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 4 }), (steps, lanes) => {
        const follower = new Follower(lanes);
        follower.play(steps);
        for (const call of follower.calls) {
          const runs = follower.runs.get(call) ?? [];
          expect(new Set(runs).size).toBe(runs.length);
          expect(runs.length).toBe(follower.removed.get(call) ?? call.sequences.length);
        }
        expect([follower.queue.sequences, follower.queue.tokens]).toEqual([0, 0]);
      }),
    );
  });

  it("keeps to the budget, except for a sequence that is longer by itself", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 4 }), (steps, lanes) => {
        const follower = new Follower(lanes);
        follower.play(steps);
        for (const batch of follower.batches) {
          expect(batch.sequences.length === 1 || padded(batch) <= BUDGET).toBe(true);
          expect(batch.tokens).toBe(lengthsOf(batch).reduce((sum, tokens) => sum + tokens));
        }
      }),
    );
  });

  it("gives a call that is alone the batches of its sorted sequences, cut evenly", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 4 }), (of, lanes) => {
        const queue = new FairQueue(BUDGET, lanes);
        queue.add(sequencesOf(...of));
        const rest = of.toSorted((a, b) => b - a);
        const even = evenBudget(of, BUDGET, lanes);
        for (const batch of drain(queue)) {
          expect(lengthsOf(batch)).toEqual(rest.splice(0, Math.max(1, Math.floor(even / rest[0]!))));
        }
        expect(rest).toEqual([]);
      }),
    );
  });

  it("starts the first 32 candidates of a call with a deadline before the others", () => {
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 200 }), (of) => {
        const queue = new FairQueue(BUDGET, 2);
        const call = queue.add(sequencesOf(...of), { deadline: 1e9 });
        const order = drain(queue).flatMap(({ calls }) => calls.get(call) ?? []);
        order.forEach(({ sequence }, place) => {
          expect(Math.floor(sequence / 32)).toBe(Math.floor(place / 32));
        });
      }),
    );
  });

  it("cuts each group of a call with a deadline evenly", () => {
    const queue = new FairQueue(BUDGET, 2);
    const lengths = [...Array<number>(32).fill(10), ...Array<number>(15).fill(100)];
    queue.add(sequencesOf(...lengths), { deadline: 1e9 });
    expect(drain(queue).map(({ sequences }) => sequences.length)).toEqual([16, 16, 4, 4, 4, 3]);
  });

  it("fills what a leader leaves with sequences of similar length first, whosever they are", () => {
    const queue = new FairQueue(BUDGET, 1);
    const lengths = [[100], [380, 20], [90, 400]];
    for (const of of lengths) queue.add(sequencesOf(...of));
    // Four of a hundred fit into an even share of the room.
    expect(drain(queue).map(lengthsOf)).toEqual([[100, 90, 20], [380], [400]]);
  });

  it("lets no batch of one call become too late for the deadline of another", () => {
    const queue = new FairQueue(BUDGET, 1);
    const hurried = queue.add(sequencesOf(100), { deadline: 1 });
    queue.add(sequencesOf(100, 100, 100, 100));
    const batch = queue.compose((deadline) => (deadline === undefined ? Number.POSITIVE_INFINITY : 250));
    expect(batch.calls.has(hurried)).toBe(true);
    expect(batch.tokens).toBe(200);
  });
});

interface Arrival {
  /** Tokens that had been served when it came. */
  readonly at: number;
  readonly tokens: number;
  readonly share: number;
}

/** When each call would end if all that are there were served at once, in proportion to their shares. */
function endsBySharing(arrivals: readonly Arrival[]): number[] {
  const left = arrivals.map(({ tokens }) => tokens);
  const ends = arrivals.map(() => Number.NaN);
  for (let now = 0; ends.some(Number.isNaN); ) {
    const there = arrivals.flatMap(({ at }, i) => (at <= now && Number.isNaN(ends[i]) ? [i] : []));
    const next = Math.min(...arrivals.map(({ at }) => at).filter((at) => at > now));
    if (there.length === 0) {
      now = next;
      continue;
    }
    const shares = there.reduce((sum, i) => sum + arrivals[i]!.share, 0);
    const untilEnd = Math.min(...there.map((i) => left[i]! / arrivals[i]!.share)) * shares;
    const step = Math.min(untilEnd, next - now);
    now = step === next - now ? next : now + step;
    for (const i of there) {
      left[i]! -= (step * arrivals[i]!.share) / shares;
      if (left[i]! < 1e-6) ends[i] = now;
    }
  }
  return ends;
}

describe("fairness", () => {
  it("does not let five documents wait for a thousand", () => {
    const queue = new FairQueue(BUDGET, 2);
    queue.add(sequencesOf(...Array.from({ length: 1000 }, (_, i) => 20 + (i % 200))));
    for (let i = 0; i < 10; i++) queue.compose(inTime);
    const small = queue.add(sequencesOf(180, 120, 90, 60, 30));
    for (let i = 0; i < 4; i++) queue.compose(inTime);
    expect(small.waiting).toBe(0);
  });

  it("ends a call no later than by sharing equally, but for what batches leave to others", () => {
    const calls = fc.array(fc.oneof({ weight: 2, arbitrary: someCall }, fc.constant("compose" as const)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 4 }), (events, lanes) => {
        const follower = new Follower(lanes);
        const arrivals: Arrival[] = [];
        const ends = new Map<QueuedCall, number>();
        let composed = 0;
        const compose = () => {
          follower.compose();
          composed = follower.batches.reduce((sum, { tokens }) => sum + tokens, 0);
          for (const call of follower.calls)
            if (call.waiting === 0 && !ends.has(call)) ends.set(call, composed);
        };
        for (const event of events) {
          if (event === "compose") compose();
          else {
            const call = follower.queue.add(sequencesOf(...event.lengths), event);
            follower.calls.push(call);
            arrivals.push({ at: composed, tokens: call.tokens, share: 4 ** -Math.min(event.priority, 5) });
          }
        }
        while (follower.queue.first !== undefined) compose();
        const shared = endsBySharing(arrivals);
        for (const [index, call] of follower.calls.entries()) {
          const end = ends.get(call) as number;
          const { at } = arrivals[index] as Arrival;
          // Every call that ends may leave room in its last batch that only those behind can fill.
          const leaders = [...ends.values()].filter((other) => other > at && other <= end).length;
          expect(end).toBeLessThanOrEqual((shared[index] as number) + (leaders + 1) * 600 + 1e-6);
        }
      }),
    );
  });

  it("lets no call run far ahead on the room that others leave in their batches", () => {
    const queue = new FairQueue(BUDGET, 1);
    const large = queue.add(sequencesOf(...Array.from({ length: 1000 }, (_, i) => 10 + (i % 100))));
    const before = large.tokens;
    const small = queue.add(sequencesOf(100, 70, 50, 36, 26, 18, 13));
    const bound = small.tokens + BUDGET + 109;
    while (small.waiting > 0) queue.compose(inTime);
    expect(before - large.tokens).toBeLessThanOrEqual(bound);
  });

  it("begins equal calls in the order of their arrival", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 2, max: 6 }), (of, count) => {
        const queue = new FairQueue(BUDGET, 2);
        const calls = Array.from({ length: count }, () => queue.add(sequencesOf(...of)));
        const batches = drain(queue);
        const begins = calls.map((call) => batches.findIndex((batch) => batch.calls.has(call)));
        expect(begins).toEqual(begins.toSorted((a, b) => a - b));
      }),
    );
  });

  it("serves priority 0 first, unless a later one asks for much less", () => {
    const queue = new FairQueue(BUDGET, 1);
    const hundreds = (count: number) => sequencesOf(...Array<number>(count).fill(100));
    const [second, first] = [queue.add(hundreds(400), { priority: 1 }), queue.add(hundreds(400))];
    for (let i = 0; i < 80; i++) queue.compose(inTime);
    expect([first.waiting, second.waiting]).toEqual([0, 400]);
    queue.add(hundreds(400));
    const small = queue.add(hundreds(5), { priority: 1 });
    queue.compose(inTime);
    expect(small.waiting).toBe(0);
  });

  it("lets equal calls end one after the other", () => {
    const queue = new FairQueue(BUDGET, 1);
    const equal = () => queue.add(sequencesOf(...Array<number>(20).fill(100)));
    const early = equal();
    queue.compose(inTime);
    const late = equal();
    for (let i = 0; i < 3; i++) queue.compose(inTime);
    expect([early.waiting, late.waiting]).toEqual([0, 20]);
  });

  it("starves nobody, however many calls of priority 0 keep coming", () => {
    const queue = new FairQueue(BUDGET, 1);
    const last = queue.add(sequencesOf(50, 50), { priority: 1000 });
    let batches = 0;
    while (last.waiting > 0 && batches < 1000) {
      // As much arrives as is run, and the queue is never empty.
      queue.add(sequencesOf(100, 100, 100, 100, 100));
      queue.compose(inTime);
      batches++;
    }
    expect(last.waiting).toBe(0);
  });
});
