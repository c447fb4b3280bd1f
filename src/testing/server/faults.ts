import { drawsFor } from "../answer/noise.js";
import { checkFaults } from "../check-options.js";

/** What may go wrong with a request that deserves an answer. */
export type Fault =
  /** 429 with Retry-After. */
  | "rate-limit"
  /** 429 that no waiting mends. */
  | "quota"
  /** 500. */
  | "server-error"
  /** 503. */
  | "unavailable"
  /** The connection stays open, and nothing comes. */
  | "stall"
  /** 200 with a page of HTML, as proxies answer. */
  | "not-json"
  /** 200 with JSON that is no completion. */
  | "wrong-json"
  /** The connection ends before the answer. */
  | "drop"
  /** The connection ends in the middle of the answer, which is billed. */
  | "cut-body";

export type FaultRates = Partial<Readonly<Record<Fault, number>>>;

/** Decides which attempts fail: as drawn, and as told by name. */
export class Faults {
  readonly #rates: readonly (readonly [Fault, number])[];
  readonly #seed: number;
  readonly #told: Fault[] = [];
  readonly #attempts = new Map<string, number>();

  /** @throws RankwrightError INVALID_OPTION */
  constructor(rates: FaultRates, seed: number) {
    checkFaults(rates);
    this.#rates = Object.entries(rates) as [Fault, number][];
    this.#seed = seed;
  }

  /** The next requests, whatever they ask, fail like this. */
  tell(fault: Fault, times: number): void {
    for (let i = 0; i < times; i++) this.#told.push(fault);
  }

  /** Of the next attempt of a request; another attempt may fare otherwise. @param content the request's hash */
  next(content: string): Fault | undefined {
    const told = this.#told.shift();
    if (told) return told;
    const attempt = this.#attempts.get(content) ?? 0;
    this.#attempts.set(content, attempt + 1);
    let left = drawsFor(this.#seed, "fault", content, attempt).uniform();
    for (const [fault, rate] of this.#rates) {
      left -= rate;
      if (left < 0) return fault;
    }
    return undefined;
  }
}
