import { RankwrightError, show } from "../../types/index.js";
import type { Limited } from "./budget.js";
import type { Ledger, Purpose } from "./ledger.js";

/** BUDGET_EXCEEDED, with what is left, what the call could take (undefined for nobody knows), and the mend. */
export function budgetExceeded(
  part: Limited,
  ledger: Pick<Ledger, "budget" | "currency" | "priceOf">,
  { stage, model }: Purpose,
  { left, need }: { readonly left: number; readonly need: number | undefined },
): RankwrightError {
  const most = ledger.budget[part] ?? 0;
  let why =
    "nobody knows the most that the call could take; give maxTokens or contextTokens, and a price for all that is billed";
  if (most === 0) why = "it is 0, which allows no call";
  else if (need !== undefined) why = `${round(left)} are left, and the call could take ${round(need)}`;
  else if (part === "cost" && ledger.priceOf(model) === undefined)
    why = `there is no price for ${show(model)}; add one`;
  const named = `${most} ${part === "cost" ? (ledger.currency ?? "") : part}`.trimEnd();
  const message = `The budget of ${named} ends before the next call of ${stage} to ${model}: ${why}.`;
  return new RankwrightError("BUDGET_EXCEEDED", message, { field: `budget.${part}`, value: most });
}

function round(amount: number): number {
  return Number(amount.toPrecision(6));
}
