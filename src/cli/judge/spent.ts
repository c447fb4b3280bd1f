import type { Judgment } from "../../llm/journal/index.js";
import { costOf } from "../../llm/ledger/index.js";
import { RankwrightError, show } from "../../types/index.js";
import { idOf, type JudgeSpec } from "./judges-file.js";

/** What a journal has cost so far: as its lines say, or else as today's prices have it. */
export class Spent {
  readonly #judges: readonly JudgeSpec[];
  #cost = 0;
  #unknown = 0;

  constructor(judges: readonly JudgeSpec[]) {
    this.#judges = judges;
  }

  add({ judge, copied, cost, promptTokens, completionTokens, unaccounted = 0 }: Judgment): void {
    if (copied) return;
    const price = this.#judges.find((spec) => idOf(spec) === judge)?.price;
    const amount = cost ?? costOf(price, { promptTokens, completionTokens, searchUnits: 0 });
    if (amount === undefined) this.#unknown++;
    // A request that was lost may have been billed as much.
    else this.#cost += amount * (1 + unaccounted);
  }

  /** Undefined where that of any call is unknown. */
  get cost(): number | undefined {
    return this.#unknown === 0 ? this.#cost : undefined;
  }

  /** What is left of a budget. @throws RankwrightError BUDGET_EXCEEDED where nobody knows */
  leftOf(budget: number | undefined, journal: string): number | undefined {
    if (budget === undefined) return undefined;
    if (this.cost !== undefined) return Math.max(0, budget - this.cost);
    const message = `${show(journal)} holds ${this.#unknown} answers of unknown cost, so that nobody knows what is left of the budget; write to another journal, or leave out --budget.`;
    throw new RankwrightError("BUDGET_EXCEEDED", message, { field: "budget", value: budget });
  }
}
