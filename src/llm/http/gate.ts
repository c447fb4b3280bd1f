import type { Clock } from "./clock.js";

/** How much of an endpoint a client may use at once. Everybody's calls count, whoever's limit it is. */
export interface GateLimits {
  /** Requests under way at most. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
  /** Prompt and answer, estimated before and corrected after the call. */
  readonly tokensPerMinute?: number | undefined;
}

/** Ends a request under way; `tokens` corrects the estimate. */
export type Leave = (tokens?: number) => void;

interface Waiting {
  readonly limits: GateLimits;
  readonly tokens: number;
  readonly clock: Clock;
  readonly go: (leave: Leave) => void;
}

const MINUTE_MS = 60_000;

/** Lets requests to one endpoint through in the order in which they come, as fast as their limits allow. */
export class Gate {
  readonly #queue: Waiting[] = [];
  /** Requests of the last minute, oldest first. */
  #recent: { readonly at: number; tokens: number }[] = [];
  #underWay = 0;
  #closedUntil = Number.NEGATIVE_INFINITY;
  #alarm: AbortController | undefined;

  /** Resolves when the request may be sent; rejects with the signal's reason. */
  enter(limits: GateLimits, tokens: number, clock: Clock, signal?: AbortSignal): Promise<Leave> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal?.reason);
        this.#admit(clock);
      };
      const go = (leave: Leave) => {
        signal?.removeEventListener("abort", giveUp);
        resolve(leave);
      };
      const waiting: Waiting = { limits, tokens, clock, go };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#queue.push(waiting);
      this.#admit(clock);
    });
  }

  /** Nobody gets through before that time: the server asked for a pause. */
  closeUntil(time: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, time);
  }

  /** Whether forgetting the gate would change nothing. */
  isIdle(now: number): boolean {
    this.#forgetBefore(now);
    return (
      this.#underWay === 0 &&
      this.#queue.length === 0 &&
      this.#recent.length === 0 &&
      this.#closedUntil <= now
    );
  }

  #admit(clock: Clock): void {
    this.#alarm?.abort();
    this.#alarm = undefined;
    for (;;) {
      const first = this.#queue[0];
      if (first === undefined) return;
      const wait = this.#waitFor(first);
      if (wait > 0) {
        if (Number.isFinite(wait)) this.#wakeIn(wait, clock);
        return;
      }
      this.#queue.shift();
      this.#let(first);
    }
  }

  #let({ tokens, clock, go }: Waiting): void {
    const entry = { at: clock.now(), tokens };
    this.#recent.push(entry);
    this.#underWay++;
    let left = false;
    go((used = tokens) => {
      if (left) return;
      left = true;
      entry.tokens = used;
      this.#underWay--;
      this.#admit(clock);
    });
  }

  /** Milliseconds until the request may be sent, 0 for now; `Infinity` until another one ends. */
  #waitFor({ limits, tokens, clock }: Waiting): number {
    const now = clock.now();
    if (this.#underWay >= limits.concurrency) return Number.POSITIVE_INFINITY;
    this.#forgetBefore(now);
    const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } =
      limits;
    let opens = this.#closedUntil;
    let requests = this.#recent.length + 1;
    let sum = this.#recent.reduce((total, each) => total + each.tokens, tokens);
    for (const each of this.#recent) {
      if (requests <= requestsPerMinute && sum <= tokensPerMinute) break;
      // A request that is larger than the limit goes alone.
      opens = Math.max(opens, each.at + MINUTE_MS);
      requests--;
      sum -= each.tokens;
    }
    return Math.max(0, opens - now);
  }

  #forgetBefore(now: number): void {
    const first = this.#recent.findIndex(({ at }) => at + MINUTE_MS > now);
    if (first !== 0) this.#recent = first === -1 ? [] : this.#recent.slice(first);
  }

  #wakeIn(ms: number, clock: Clock): void {
    const alarm = new AbortController();
    this.#alarm = alarm;
    clock.sleep(ms, alarm.signal).then(
      () => {
        if (this.#alarm === alarm) this.#admit(clock);
      },
      () => {},
    );
  }
}
