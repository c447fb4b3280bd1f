import { abortedError } from "../../files/aborted-error.js";
import type { BatchFigures, Load } from "../../types/index.js";
import type { TokenSequence } from "../pack.js";
import type { Program } from "../program.js";
import type { Batch, Place } from "./batch-draft.js";
import { checkRoom, type Room } from "./check-room.js";
import { FairQueue } from "./fair-queue.js";
import { Pace } from "./pace.js";
import type { QueuedCall } from "./queued-call.js";

export interface BatcherSettings extends Room {
  /** Padded tokens per batch. */
  readonly batchTokens: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value; no batch is started that would probably end later. */
  readonly deadline?: number | undefined;
  /** 0 (default) before 1, and so on. */
  readonly priority?: number | undefined;
}

/** Takes a batch's logits; the places are those of one call's sequences. */
export type Receive = (places: readonly Place[], logits: Float32Array) => void;

/** Batches under way per session: one runs while the next waits at its door. */
const DEPTH = 2;
/** `setTimeout` takes no longer delay. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** A call that has not been answered. */
interface Caller {
  readonly receive: Receive;
  readonly resolve: (queuedMs: number) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
  readonly arrived: number;
  /** When its first batch was started. */
  started?: number;
  /** Batches under way. */
  underWay: number;
}

/** Runs the sequences of all calls through one program, in batches that several calls may share. */
export class Batcher {
  readonly load: Load;
  readonly #program: Program;
  readonly #queue: FairQueue;
  readonly #room: Room;
  readonly #pace: Pace;
  readonly #callers = new Map<QueuedCall, Caller>();
  readonly #underWay = new Set<Batch>();
  readonly #listeners: ((batch: BatchFigures) => void)[] = [];
  #woken = false;

  constructor(program: Program, settings: BatcherSettings) {
    const queue = new FairQueue(settings.batchTokens, program.parallelism);
    const pace = new Pace(program.parallelism);
    this.#program = program;
    this.#queue = queue;
    this.#pace = pace;
    this.#room = settings;
    this.load = {
      get queuedSequences() {
        return queue.sequences;
      },
      get queuedTokens() {
        return queue.tokens;
      },
      get pace() {
        return pace.tokensPerSecond;
      },
      onBatch: (listener) => {
        this.#listeners.push(listener);
      },
    };
  }

  /** Throws what `checkRoom` throws when there is no room for so many tokens more. */
  checkRoom(tokens: number): void {
    checkRoom(tokens, this.load, this.#room);
  }

  /**
   * Runs a call's sequences and hands over the logits of each batch as it ends. Ends early, without an error,
   * when the deadline comes; sequences that were not run are never handed over. After an abort none of the
   * call's sequences is started, nor handed over.
   *
   * @returns milliseconds until the first batch was started
   * @throws RankwrightError ABORTED at once, OVERLOADED, REQUEST_TOO_LARGE; what the program throws for a
   * batch that holds some of the call's sequences, and what `receive` throws
   */
  async run(
    sequences: readonly TokenSequence[],
    { signal, deadline, priority }: CallOptions,
    receive: Receive,
  ): Promise<number> {
    if (signal?.aborted) throw abortedError(signal);
    if (sequences.length === 0) return 0;
    this.checkRoom(sequences.reduce((sum, { ids }) => sum + ids.length, 0));
    return new Promise((resolve, reject) => {
      const call = this.#queue.add(sequences, { deadline, priority });
      const abort = () => this.#fail(call, abortedError(signal as AbortSignal));
      signal?.addEventListener("abort", abort);
      const timer = this.#atDeadline(deadline, () => this.#stop(call));
      const release = () => {
        signal?.removeEventListener("abort", abort);
        clearTimeout(timer);
      };
      const arrived = performance.now();
      this.#callers.set(call, { receive, resolve, reject, release, arrived, underWay: 0 });
      this.#wake();
    });
  }

  #atDeadline(deadline: number | undefined, stop: () => void): NodeJS.Timeout | undefined {
    if (deadline === undefined) return undefined;
    const delay = deadline - performance.now();
    return delay > LONGEST_DELAY ? undefined : setTimeout(stop, delay);
  }

  /** Starts batches once all calls that arrive together have arrived. */
  #wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#startBatches();
    });
  }

  #startBatches(): void {
    while (this.#underWay.size < this.#program.parallelism * DEPTH) {
      const batch = this.#nextBatch();
      if (batch === undefined) return;
      void this.#run(batch);
    }
  }

  #nextBatch(): Batch | undefined {
    const now = performance.now();
    const allBusy = this.#underWay.size >= this.#program.parallelism;
    const ahead = allBusy ? Math.max(...[...this.#underWay].map(({ tokens }) => tokens)) : 0;
    const tokensBefore = (deadline: number | undefined): number => {
      if (deadline === undefined) return Number.POSITIVE_INFINITY;
      if (deadline <= now) return -1;
      const { perToken } = this.#pace;
      // Nothing waits in line for a time that nobody knows.
      if (perToken === 0) return allBusy ? -1 : Number.POSITIVE_INFINITY;
      return Math.ceil((deadline - now) / perToken) - 1 - ahead;
    };
    for (;;) {
      const { first } = this.#queue;
      if (first === undefined) return undefined;
      if (first.next <= tokensBefore(first.deadline)) return this.#queue.compose(tokensBefore);
      // It may still be in time when a session is free.
      if (allBusy) return undefined;
      this.#stop(first);
    }
  }

  async #run(batch: Batch): Promise<void> {
    const now = performance.now();
    this.#underWay.add(batch);
    const stay = this.#pace.started(now);
    for (const caller of this.#callersOf(batch)) {
      caller.started ??= now;
      caller.underWay++;
    }
    try {
      const logits = await this.#program.run(batch.sequences);
      this.#end(batch);
      this.#pace.ended(performance.now(), stay, batch.tokens);
      const figures = { sequences: batch.sequences.length, tokens: batch.tokens };
      for (const listener of this.#listeners) listener(figures);
      for (const [call, places] of batch.calls) this.#handOver(call, places, logits);
    } catch (error) {
      this.#end(batch);
      this.#pace.ended(performance.now(), stay, undefined);
      for (const call of batch.calls.keys()) this.#fail(call, error);
    }
    this.#startBatches();
  }

  #end(batch: Batch): void {
    this.#underWay.delete(batch);
    for (const caller of this.#callersOf(batch)) caller.underWay--;
  }

  #callersOf(batch: Batch): readonly Caller[] {
    return [...batch.calls.keys()].flatMap((call) => this.#callers.get(call) ?? []);
  }

  #handOver(call: QueuedCall, places: readonly Place[], logits: Float32Array): void {
    try {
      this.#callers.get(call)?.receive(places, logits);
    } catch (error) {
      this.#fail(call, error);
    }
    this.#answerIfDone(call);
  }

  /** Gives up what waits of a call, and answers it when what is under way has ended. */
  #stop(call: QueuedCall): void {
    this.#queue.remove(call);
    this.#answerIfDone(call);
  }

  #answerIfDone(call: QueuedCall): void {
    const caller = this.#callers.get(call);
    if (caller === undefined || caller.underWay > 0 || call.waiting > 0) return;
    this.#forget(call, caller);
    caller.resolve((caller.started ?? performance.now()) - caller.arrived);
  }

  #fail(call: QueuedCall, error: unknown): void {
    const caller = this.#callers.get(call);
    if (caller === undefined) return;
    this.#queue.remove(call);
    this.#forget(call, caller);
    caller.reject(error);
  }

  #forget(call: QueuedCall, caller: Caller): void {
    this.#callers.delete(call);
    caller.release();
  }
}
