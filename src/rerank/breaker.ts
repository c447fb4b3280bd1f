import { RankwrightError, show } from "../types/index.js";

export interface BreakerOptions {
  /** Failures in a row after which nothing is tried any more. Default: 3. */
  readonly failures?: number | undefined;
  /** Milliseconds after which one trial is let through. Default: 30,000. */
  readonly coolMs?: number | undefined;
}

/** What became of something that a breaker let through; one of them is called once. */
export interface Trial {
  succeeded(): void;
  failed(): void;
  /** It ended for a reason that says nothing of the other side's health. */
  abandoned(): void;
}

/**
 * Keeps callers from what fails again and again (the circuit breaker of Nygard's Release It!): after so many failures
 * in a row it opens, then lets single trials through until one succeeds.
 */
export class Breaker {
  readonly #failures: number;
  readonly #coolMs: number;
  #inRow = 0;
  #openUntil = 0;
  #trying = false;

  /** @throws RankwrightError INVALID_OPTION */
  constructor({ failures = 3, coolMs = 30_000 }: BreakerOptions = {}) {
    check(
      "breaker.failures",
      failures,
      Number.isSafeInteger(failures) && failures > 0,
      "a positive whole number",
    );
    check("breaker.coolMs", coolMs, coolMs >= 0 && Number.isFinite(coolMs), "milliseconds, 0 or more");
    this.#failures = failures;
    this.#coolMs = coolMs;
  }

  get isOpen(): boolean {
    return this.#inRow >= this.#failures;
  }

  /** Milliseconds until the next trial; 0 where one may begin. */
  get waitMs(): number {
    return this.isOpen ? Math.max(0, this.#openUntil - performance.now()) : 0;
  }

  /** Undefined where nothing is let through at the moment. */
  enter(): Trial | undefined {
    const isTrial = this.isOpen;
    if (isTrial) {
      if (this.#trying || this.waitMs > 0) return undefined;
      this.#trying = true;
    }
    const end = () => {
      if (isTrial) this.#trying = false;
    };
    return {
      succeeded: () => {
        end();
        this.#inRow = 0;
      },
      failed: () => {
        end();
        this.#inRow++;
        if (this.isOpen) this.#openUntil = performance.now() + this.#coolMs;
      },
      abandoned: end,
    };
  }
}

function check(field: string, value: unknown, holds: boolean, wanted: string): void {
  if (holds) return;
  throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; give ${wanted}`, { field, value });
}
