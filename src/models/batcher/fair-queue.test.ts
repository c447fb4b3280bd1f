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

  it("puts sequences of similar length together, whosever they are", () => {
    const queue = new FairQueue(BUDGET, 1);
    for (const of of [
      [250, 100],
      [90, 240],
    ]) {
      queue.add(sequencesOf(...of));
    }
    expect(drain(queue).map(lengthsOf)).toEqual([
      [240, 250],
      [90, 100],
    ]);
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

describe("fairness", () => {
  it("does not let five documents wait for a thousand", () => {
    const queue = new FairQueue(BUDGET, 2);
    queue.add(sequencesOf(...Array.from({ length: 1000 }, (_, i) => 20 + (i % 200))));
    for (let i = 0; i < 10; i++) queue.compose(inTime);
    const small = queue.add(sequencesOf(180, 120, 90, 60, 30));
    for (let i = 0; i < 4; i++) queue.compose(inTime);
    expect(small.waiting).toBe(0);
  });

  it("serves any other call T·cost ratio + batch + its longest sequence at most, before T tokens are started", () => {
    fc.assert(
      fc.property(
        history,
        someCall,
        history,
        fc.integer({ min: 1, max: 4 }),
        (before, mine, after, lanes) => {
          const follower = new Follower(lanes);
          follower.play(before, () => follower.batches.length === 10);
          const had = new Map(follower.calls.map((call) => [call, follower.served(call)]));
          const call = follower.queue.add(sequencesOf(...mine.lengths), mine);
          const { tokens } = call;
          follower.play(after, () => call.waiting === 0);
          expect(call.waiting).toBe(0);
          for (const other of follower.calls) {
            const served = follower.served(other) - (had.get(other) ?? 0);
            const longest = Math.max(...other.sequences.map(({ ids }) => ids.length));
            const bound = (tokens * call.cost) / other.cost + Math.max(BUDGET, longest) + longest;
            expect(served).toBeLessThanOrEqual(bound);
          }
        },
      ),
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

  it("serves priority 0 first, and a later one in proportion", () => {
    const queue = new FairQueue(BUDGET, 1);
    const hundred = () => sequencesOf(...Array<number>(400).fill(100));
    const [second, first] = [queue.add(hundred(), { priority: 1 }), queue.add(hundred())];
    expect(queue.first).toBe(first);
    for (let i = 0; i < 50; i++) queue.compose(inTime);
    const [more, less] = [400 - first.waiting, 400 - second.waiting];
    expect(more / less).toBeGreaterThan(3);
    expect(more / less).toBeLessThan(5);
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
