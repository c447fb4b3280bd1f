import type { Clock } from "../http/clock.js";

/** A clock that stands still until it is told to go on, or until all that is left to do is to sleep. */
export class FakeClock implements Clock {
  #now: number;
  #random: number;
  /** All pauses that were asked for, in milliseconds. */
  readonly slept: number[] = [];
  readonly #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor({ now = 1000, random = 1 - 2 ** -53 } = {}) {
    this.#now = now;
    this.#random = random;
  }

  readonly now = () => this.#now;

  readonly random = () => this.#random;

  readonly sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      this.slept.push(ms);
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal.reason);
      });
    });

  /** Lets time pass; whoever wakes up acts before later sleepers wake. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settle();
      const next = this.#sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until > until) break;
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
      this.#now = next.until;
      next.wake();
    }
    this.#now = until;
  }

  /** Sleeps without waiting: every pause is over at once. */
  static impatient(options?: ConstructorParameters<typeof FakeClock>[0]): FakeClock {
    const clock = new FakeClock(options);
    const sleep = clock.sleep;
    return Object.assign(clock, {
      sleep: async (ms: number, signal?: AbortSignal) => {
        const over = sleep(ms, signal);
        await clock.pass(ms);
        await over;
      },
    });
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}
