import { createHash } from "node:crypto";
import { Random } from "../../numbers/random.js";

/** Random numbers that depend on these values alone: the same question gets the same answer however often it comes. */
export function drawsFor(...parts: readonly unknown[]): Draws {
  return new Draws(contentHash(parts));
}

/** The hash of what a request says. */
export function contentHash(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

export class Draws {
  readonly #random: Random;

  constructor(hash: string) {
    this.#random = new Random(Number.parseInt(hash.slice(0, 12), 16));
  }

  /** Uniform in (0, 1). */
  uniform(): number {
    return Math.max(this.#random.float(), Number.EPSILON / 2);
  }

  int(bound: number): number {
    return this.#random.int(bound);
  }

  shuffle<T extends unknown[]>(items: T): T {
    return this.#random.shuffle(items);
  }

  /** Standard normal (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Standard logistic. */
  logistic(): number {
    const p = this.uniform();
    return Math.log(p) - Math.log1p(-p);
  }

  /** Standard Gumbel: the difference of two is logistic. */
  gumbel(): number {
    return -Math.log(-Math.log(this.uniform()));
  }
}
