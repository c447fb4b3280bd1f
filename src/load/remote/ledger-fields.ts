import { z } from "zod";
import { type Budget, Ledger, type PriceTable } from "../../llm/index.js";
import { RankwrightError, show } from "../../types/index.js";
import { number, object, whole } from "../fields.js";

/** What calls cost, and what may be spent until the reranker is closed. */
export interface LedgerSpec {
  /** By model, per million tokens; what has no price has an unknown cost. */
  readonly prices?: PriceTable | undefined;
  readonly budget?: Budget | undefined;
}

const notNegative = (value: number) => value >= 0;
const price = number("a price, 0 or more", notNegative);

export const ledgerFields = {
  prices: z
    .record(
      z.string(),
      object({ input: price, cachedInput: price, output: price, call: price, searchUnit: price }),
      {
        error: 'give an object such as { "gpt-4o-mini": { "input": 0.15, "output": 0.6 } }, or leave it out',
      },
    )
    .optional(),
  budget: object({
    cost: number("a sum, 0 or more", notNegative),
    calls: whole(0),
    tokens: whole(0),
  }).optional(),
};

/**
 * Books, where anything is to be kept in them.
 *
 * @throws RankwrightError INVALID_OPTION for a budget of cost without a price, into which no call would fit
 */
export function openLedger({ prices, budget }: LedgerSpec, model: string | undefined): Ledger | undefined {
  if (prices === undefined && budget === undefined) return undefined;
  const ledger = new Ledger({ prices, budget });
  if (budget?.cost !== undefined && model !== undefined && ledger.priceOf(model) === undefined) {
    const message = `budget.cost is ${budget.cost}, and prices has none for ${show(model)}; add it, 0 where it is free`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "prices", value: prices });
  }
  return ledger;
}
