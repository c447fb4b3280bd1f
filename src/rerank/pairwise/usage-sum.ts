import type { RemoteUsage } from "../../types/index.js";

const PARTS = ["promptTokens", "completionTokens", "cost"] as const;

/** Adds up what calls took. What one of them does not tell is unknown of the sum, never 0. */
export class UsageSum {
  #calls = 0;
  readonly #sums: Record<(typeof PARTS)[number], number | undefined> = {
    ...{ promptTokens: 0, completionTokens: 0, cost: 0 },
  };

  add(usage: RemoteUsage | undefined): void {
    if (!usage || usage.calls === 0) return;
    this.#calls += usage.calls;
    for (const part of PARTS) {
      const [sum, more] = [this.#sums[part], usage[part]];
      this.#sums[part] = sum === undefined || more === undefined ? undefined : sum + more;
    }
  }

  get usage(): RemoteUsage {
    return this.#calls === 0 ? { calls: 0 } : { calls: this.#calls, ...this.#sums };
  }
}
