/** How much of a request's time is left. */
export class Clock {
  readonly #started = performance.now();
  readonly #deadlineMs: number;

  /** @param deadlineMs From now on; none: there is no end. */
  constructor(deadlineMs = Number.POSITIVE_INFINITY) {
    this.#deadlineMs = deadlineMs;
  }

  get elapsedMs(): number {
    return performance.now() - this.#started;
  }

  /** At least 0; Infinity without a deadline. */
  get leftMs(): number {
    return Math.max(0, this.#deadlineMs - this.elapsedMs);
  }

  get isOver(): boolean {
    return this.leftMs === 0;
  }
}
