/** What of the past still counts after each batch. */
const KEPT = 0.8;

/** One batch's time at a session. */
export interface Stay {
  /** When its session began with it, as far as that is known. */
  began: number;
}

/** How fast the sessions of a program work, over recent batches. Times are `performance.now()` values. */
export class Pace {
  readonly #sessions: number;
  #busy = 0;
  /** Batches that wait at a session's door, oldest first. */
  readonly #waiting: Stay[] = [];
  #recentMs = 0;
  #recentTokens = 0;

  constructor(sessions: number) {
    this.#sessions = sessions;
  }

  started(now: number): Stay {
    const stay = { began: now };
    if (this.#busy < this.#sessions) this.#busy++;
    else this.#waiting.push(stay);
    return stay;
  }

  /** @param tokens of a batch that succeeded; undefined where it failed, which tells nothing */
  ended(now: number, stay: Stay, tokens: number | undefined): void {
    const place = this.#waiting.indexOf(stay);
    if (place >= 0) {
      // Another session than was thought had time for it.
      this.#waiting.splice(place, 1);
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy--;
    else next.began = now;
    if (tokens === undefined) return;
    this.#recentMs = KEPT * this.#recentMs + now - stay.began;
    this.#recentTokens = KEPT * this.#recentTokens + tokens;
  }

  /** Milliseconds that one session needs for a token; 0 before the first batch has ended. */
  get perToken(): number {
    return this.#recentTokens === 0 ? 0 : this.#recentMs / this.#recentTokens;
  }

  /** Tokens per second of all sessions together; 0 before the first batch has ended. */
  get tokensPerSecond(): number {
    return this.#recentMs === 0 ? 0 : (1000 * this.#sessions * this.#recentTokens) / this.#recentMs;
  }
}
