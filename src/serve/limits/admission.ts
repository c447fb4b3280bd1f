import { RankwrightError } from "../../types/index.js";
import type { ServerLimits } from "./limits.js";

/** A place among the requests under way. */
export interface Place {
  /** Counts bytes of the request's body. @throws RankwrightError OVERLOADED when all bodies together exceed the limit */
  hold(bytes: number): void;
  /** May be called more than once. */
  leave(): void;
}

/** Lets so many requests in at a time, and says at once that there is no room instead of making them wait. */
export class Admission {
  readonly #limits: Pick<ServerLimits, "requests" | "totalBodyBytes">;
  readonly #idle: (() => void)[] = [];
  #requests = 0;
  #bytes = 0;

  constructor(limits: Pick<ServerLimits, "requests" | "totalBodyBytes">) {
    this.#limits = limits;
  }

  /** Requests under way. */
  get requests(): number {
    return this.#requests;
  }

  /** @throws RankwrightError OVERLOADED */
  enter(): Place {
    const { requests, totalBodyBytes } = this.#limits;
    if (this.#requests >= requests) throw overloaded(`${requests} requests are under way`);
    this.#requests++;
    let held = 0;
    let inside = true;
    return {
      hold: (bytes) => {
        if (this.#bytes + bytes > totalBodyBytes)
          throw overloaded("the bodies under way fill the memory set aside");
        this.#bytes += bytes;
        held += bytes;
      },
      leave: () => {
        if (!inside) return;
        inside = false;
        this.#bytes -= held;
        this.#requests--;
        if (this.#requests === 0) for (const done of this.#idle.splice(0)) done();
      },
    };
  }

  /** Resolves once nothing is under way. */
  empty(): Promise<void> {
    if (this.#requests === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }
}

function overloaded(reason: string): RankwrightError {
  return new RankwrightError("OVERLOADED", `${reason}; try again after the time that Retry-After names`);
}
