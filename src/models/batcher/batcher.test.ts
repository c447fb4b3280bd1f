import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TokenSequence } from "../pack.js";
import { Batcher, type CallOptions } from "./batcher.js";
import { ManualProgram, turn } from "./testing/manual-program.js";
import { sequencesOf } from "./testing/sequences.js";

const SETTINGS = { batchTokens: 100 };

/** Hands a call over, and remembers what comes of it. */
function call(batcher: Batcher, sequences: readonly TokenSequence[], options: CallOptions = {}) {
  const received: number[] = [];
  const state = { received, ended: undefined as "resolved" | "rejected" | undefined };
  const done = batcher.run(sequences, options, (places, logits) => {
    for (const { sequence, row } of places) {
      expect(logits[row]).toBe(sequences[sequence]?.ids.length);
      received.push(sequence);
    }
  });
  done.then(
    () => (state.ended = "resolved"),
    () => (state.ended = "rejected"),
  );
  return Object.assign(state, { done });
}

describe("Batcher", () => {
  it("lets calls that arrive together share a batch, and hands each its own logits", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const [a, b] = [call(batcher, sequencesOf(30, 32)), call(batcher, sequencesOf(31))];
    await turn();
    expect(program.runs.map(({ sequences }) => sequences.length)).toEqual([3]);
    await program.runs[0]?.succeed();
    expect([a.received.toSorted(), b.received]).toEqual([[0, 1], [0]]);
    expect([a.ended, b.ended]).toEqual(["resolved", "resolved"]);
  });

  it("keeps two batches per session under way, and goes on as they end", async () => {
    const program = new ManualProgram(2);
    const done = call(new Batcher(program, SETTINGS), sequencesOf(...Array<number>(8).fill(80)));
    await turn();
    expect(program.runs).toHaveLength(4);
    for (let i = 0; i < 8; i++) await program.runs[i]?.succeed();
    expect(program.runs).toHaveLength(8);
    expect(done.received.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(done.ended).toBe("resolved");
  });

  it("tells of every batch that succeeded", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const seen: unknown[] = [];
    batcher.load.onBatch?.((batch) => seen.push(batch));
    const calls = [call(batcher, sequencesOf(30, 32)), call(batcher, sequencesOf(90))];
    await turn();
    await program.runs[0]?.succeed();
    await program.runs[1]?.fail(new Error("broken"));
    await Promise.allSettled(calls.map(({ done }) => done));
    expect(seen).toHaveLength(1);
    expect([
      { sequences: 2, tokens: 62 },
      { sequences: 1, tokens: 90 },
    ]).toContainEqual(seen[0]);
  });

  it("has nothing to do for a call without sequences", async () => {
    await expect(new Batcher(new ManualProgram(), SETTINGS).run([], {}, () => undefined)).resolves.toBe(0);
  });

  it("takes an aborted call out at once, and goes on for the others", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const control = new AbortController();
    const aborted = call(batcher, sequencesOf(91, 92, 93, 94), { signal: control.signal });
    await turn();
    const other = call(batcher, sequencesOf(95));
    control.abort("enough");
    await expect(aborted.done).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
    expect(batcher.load.queuedTokens).toBe(95);
    for (let i = 0; i < 3; i++) await program.runs[i]?.succeed();
    expect(program.runs).toHaveLength(3);
    expect(aborted.received).toEqual([]);
    expect(other.ended).toBe("resolved");
    const gone = batcher.run(sequencesOf(1), { signal: control.signal }, () => undefined);
    await expect(gone).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("lets a failing batch fail the calls that stand in it, and no other", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const [a, b, c] = [[40, 90], [41, 91], [92]].map((of) => call(batcher, sequencesOf(...of)));
    await turn();
    const broken = program.runs.find(({ sequences }) => sequences.length === 1);
    await broken?.fail(new Error("out of memory"));
    for (let i = 0; i < program.runs.length; i++) await program.runs[i]?.succeed();
    const ended = [a, b, c].map((one) => one?.ended);
    expect(ended.filter((how) => how === "rejected")).toHaveLength(1);
    expect(ended.filter((how) => how === "resolved")).toHaveLength(2);
    expect(batcher.load.queuedSequences).toBe(0);
  });

  it("passes on what the receiver throws, to its own call alone", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const broken = batcher.run(sequencesOf(30), {}, () => {
      throw new Error("no more progress, please");
    });
    const other = call(batcher, sequencesOf(31));
    broken.catch(() => undefined);
    await turn();
    await program.runs[0]?.succeed();
    await expect(broken).rejects.toThrow("no more progress, please");
    expect(other.ended).toBe("resolved");
  });

  it("hands over every sequence once, whatever calls come, fail and are aborted", async () => {
    const event = fc.oneof(
      fc.record({ do: fc.constant("call" as const), of: fc.array(fc.integer({ min: 1, max: 120 })) }),
      fc.record({ do: fc.constant("abort" as const), which: fc.nat(9) }),
      fc.record({ do: fc.constant("succeed" as const), which: fc.nat(3) }),
      fc.record({ do: fc.constant("fail" as const), which: fc.nat(3) }),
    );
    const random = fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
      const program = new ManualProgram(2);
      const batcher = new Batcher(program, SETTINGS);
      const calls: (ReturnType<typeof call> & { control: AbortController; count: number; mark?: number })[] =
        [];
      let ended = 0;
      for (const next of events) {
        const run = program.runs[ended + ("which" in next ? next.which : 0)];
        if (next.do === "call") {
          const control = new AbortController();
          const made = call(batcher, sequencesOf(...next.of), { signal: control.signal });
          calls.push(Object.assign(made, { control, count: next.of.length }));
        } else if (next.do === "abort") {
          const one = calls[next.which];
          if (one !== undefined) one.mark ??= one.received.length;
          one?.control.abort();
        } else if (next.do === "succeed") await run?.succeed();
        else await run?.fail(new Error("broken"));
        await turn();
      }
      for (; ended < program.runs.length; ended++) await program.runs[ended]?.succeed();
      for (const { received, count, mark, ended: how } of calls) {
        expect(new Set(received).size).toBe(received.length);
        if (how === "resolved") expect(received.length).toBe(count);
        else if (mark !== undefined) expect(received.length).toBeLessThanOrEqual(mark);
        expect(how).toBeDefined();
      }
      expect([batcher.load.queuedSequences, batcher.load.queuedTokens]).toEqual([0, 0]);
    });
    await fc.assert(random, { numRuns: 50 });
  });
});

describe("deadlines and load", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("starts no batch that would probably end after the deadline", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const hurried = call(batcher, sequencesOf(80, 81, 82), { deadline: performance.now() + 60 });
    await turn();
    // Nobody knows how long a batch takes: none waits behind the first.
    expect(program.runs).toHaveLength(1);
    vi.advanceTimersByTime(40);
    await program.runs[0]?.succeed();
    // 20 ms are left, and a batch takes about 40.
    expect(program.runs).toHaveLength(1);
    expect(hurried.received).toEqual([2]);
    expect(hurried.ended).toBe("resolved");
  });

  it("counts what is under way before a batch that would wait for it", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    call(batcher, sequencesOf(80));
    await turn();
    vi.advanceTimersByTime(80);
    await program.runs[0]?.succeed();
    call(batcher, sequencesOf(90));
    await turn();
    const hurried = call(batcher, sequencesOf(90), { deadline: performance.now() + 150 });
    await turn();
    // 90 ms of the batch under way and 90 of its own are too many, but once the session is free it is in time.
    expect(program.runs).toHaveLength(2);
    vi.advanceTimersByTime(50);
    await program.runs[1]?.succeed();
    expect(program.runs).toHaveLength(3);
    await program.runs[2]?.succeed();
    expect(hurried.received).toEqual([0]);
  });

  it("answers at the deadline, although others' batches are still under way", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    call(batcher, sequencesOf(80, 80));
    await turn();
    const late = call(batcher, sequencesOf(80), { deadline: performance.now() + 30 });
    vi.advanceTimersByTime(29);
    await turn();
    expect(late.ended).toBeUndefined();
    vi.advanceTimersByTime(1);
    await turn();
    expect([late.ended, late.received, batcher.load.queuedTokens]).toEqual(["resolved", [], 0]);
    await expect(late.done).resolves.toBeCloseTo(30);
  });

  it("bears a deadline beyond the longest timer, and one that has passed", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const patient = call(batcher, sequencesOf(80), { deadline: 1e13 });
    const passed = call(batcher, sequencesOf(80), { deadline: performance.now() - 1 });
    vi.advanceTimersByTime(10);
    await turn();
    expect([patient.ended, passed.ended]).toEqual([undefined, "resolved"]);
    await program.runs[0]?.succeed();
    expect(patient.received).toEqual([0]);
  });

  it("tells what waits, how fast it goes, and how long a call waited", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, SETTINGS);
    const first = call(batcher, sequencesOf(90, 80, 70));
    expect(batcher.load).toMatchObject({ queuedSequences: 3, queuedTokens: 240, pace: 0 });
    vi.advanceTimersByTime(5);
    await turn();
    expect(batcher.load).toMatchObject({ queuedSequences: 1, queuedTokens: 70 });
    vi.advanceTimersByTime(45);
    await program.runs[0]?.succeed();
    expect(batcher.load.pace).toBeCloseTo(2000);
    for (const run of program.runs) await run.succeed();
    await expect(first.done).resolves.toBeCloseTo(5);
  });

  it("refuses a call that would have to wait too long, once the pace is known", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, { ...SETTINGS, maxQueueMs: 150 });
    call(batcher, sequencesOf(90, 91, 92, 93, 94));
    await turn();
    vi.advanceTimersByTime(94);
    await program.runs[0]?.succeed();
    // A thousand tokens a second, of which 181 wait: 31 ms too many.
    expect(batcher.load.queuedTokens).toBe(181);
    await expect(batcher.run(sequencesOf(1), {}, () => undefined)).rejects.toMatchObject({
      code: "OVERLOADED",
      field: "maxQueueMs",
      value: expect.closeTo(0.031),
    });
    await program.runs[1]?.succeed();
    const accepted = call(batcher, sequencesOf(5));
    for (let i = 2; i < 6; i++) await program.runs[i]?.succeed();
    expect(accepted.ended).toBe("resolved");
  });

  it("refuses a call for which the queue has no room, and says when there will be", async () => {
    const program = new ManualProgram();
    const batcher = new Batcher(program, { ...SETTINGS, maxQueuedTokens: 200 });
    const refused = (tokens: number) => batcher.run(sequencesOf(tokens), {}, () => undefined);
    await expect(refused(201)).rejects.toMatchObject({ code: "REQUEST_TOO_LARGE", value: 201 });
    call(batcher, sequencesOf(90, 91));
    await expect(refused(80)).rejects.toMatchObject({ code: "OVERLOADED", value: undefined });
    await turn();
    const accepted = call(batcher, sequencesOf(100, 100));
    vi.advanceTimersByTime(91);
    await program.runs[0]?.succeed();
    expect(batcher.load.queuedTokens).toBe(100);
    // A thousand tokens a second, and 50 too many.
    await expect(refused(150)).rejects.toMatchObject({ code: "OVERLOADED", value: expect.closeTo(0.05) });
    for (let i = 1; i < 4; i++) await program.runs[i]?.succeed();
    expect(accepted.ended).toBe("resolved");
  });
});
