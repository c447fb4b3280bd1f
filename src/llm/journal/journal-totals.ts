import type { Judgment } from "./judgment.js";

/** Calls and costs of one model as one judge. */
export interface JudgeTotals {
  readonly judge: string;
  readonly model: string;
  /** Answers that a model gave; copies are none. */
  readonly calls: number;
  /** Answers that could not be used. */
  readonly failures: number;
  /** Absent where the tokens of any call are unknown. */
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  /** Absent where the cost of any call is unknown. */
  readonly cost?: number | undefined;
}

type Sum = { -readonly [Key in keyof JudgeTotals]: JudgeTotals[Key] };

/** Adds up what judgments took. What is unknown of one makes a sum unknown, never less. */
export class JournalTotals {
  readonly #sums = new Map<string, Sum>();

  add({ judge, model, preference, copied, ...used }: Judgment): void {
    if (copied) return;
    const key = JSON.stringify([judge, model]);
    const sum: Sum = this.#sums.get(key) ?? {
      ...{ judge, model, calls: 0, failures: 0 },
      ...{ promptTokens: 0, completionTokens: 0, cost: 0 },
    };
    this.#sums.set(key, sum);
    sum.calls++;
    if (preference === null) sum.failures++;
    sum.promptTokens = plus(sum.promptTokens, used.promptTokens);
    sum.completionTokens = plus(sum.completionTokens, used.completionTokens);
    sum.cost = plus(sum.cost, used.cost);
  }

  /** In the order in which the judges first answered. */
  byJudge(): readonly JudgeTotals[] {
    return [...this.#sums.values()].map((sum) => ({ ...sum }));
  }

  /** Of all judges. */
  all(): Omit<JudgeTotals, "judge" | "model"> {
    const sums = [...this.#sums.values()];
    const total = (key: "promptTokens" | "completionTokens" | "cost") =>
      sums.reduce<number | undefined>((sum, one) => plus(sum, one[key]), 0);
    return {
      calls: sums.reduce((sum, { calls }) => sum + calls, 0),
      failures: sums.reduce((sum, { failures }) => sum + failures, 0),
      promptTokens: total("promptTokens"),
      completionTokens: total("completionTokens"),
      cost: total("cost"),
    };
  }
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
