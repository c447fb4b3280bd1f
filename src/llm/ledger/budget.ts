import { RankwrightError, show } from "../../types/index.js";

/** What may be spent at most; 0 means no call at all, absent means no limit. */
export interface Budget {
  /** In the currency of the price table. A call whose price is unknown does not fit into any such budget. */
  readonly cost?: number | undefined;
  readonly calls?: number | undefined;
  /** Prompts and answers together. */
  readonly tokens?: number | undefined;
}

/** An amount of everything that a budget limits; `undefined` is unknown. */
export interface Amount {
  readonly cost: number | undefined;
  readonly calls: number;
  readonly tokens: number | undefined;
}

export type Limited = keyof Budget;

export const LIMITED: readonly Limited[] = ["cost", "calls", "tokens"];

/** Sums of many small prices are not exact; three calls at 0.1 fit into 0.3. */
const ROUNDING = 1e-9;

/** The part of the budget that spending `next` on top of `spent` would break; undefined if it fits. */
export function breaks(
  budget: Budget,
  spent: { readonly [Part in Limited]: number },
  next: Amount,
): Limited | undefined {
  return LIMITED.find((part) => {
    const most = budget[part];
    if (most === undefined) return false;
    const sum = spent[part] + (next[part] ?? Number.POSITIVE_INFINITY);
    return most === 0 || !(sum <= most * (1 + ROUNDING));
  });
}

/** @throws RankwrightError INVALID_OPTION */
export function checkBudget(budget: Budget): Budget {
  for (const [part, value] of Object.entries(budget)) {
    const known = LIMITED.includes(part as Limited);
    if (known && (value === undefined || (typeof value === "number" && value >= 0))) continue;
    const mend = known
      ? "pass a number from 0, or leave it out for no limit"
      : "the parts are cost, calls and tokens";
    const field = `budget.${part}`;
    throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
  }
  return budget;
}
