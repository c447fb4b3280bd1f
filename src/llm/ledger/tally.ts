import type { Consumption } from "./price.js";

/** Sums over calls. What was not told is not in the sums but counted beside them. */
export interface Tally {
  /** Calls that were answered, or may be billed all the same. */
  readonly calls: number;
  /** Requests that these took, retries included. */
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompts, read from the server's cache. */
  readonly cachedTokens: number;
  readonly searchUnits: number;
  /** Of the calls whose cost is known. */
  readonly cost: number;
  /** Calls that told no tokens and no units. */
  readonly unknownUsage: number;
  /** Calls whose cost is unknown, for want of a price or of usage. Where it is not 0, `cost` is a lower bound. */
  readonly unknownCost: number;
}

export const NOTHING: Tally = {
  calls: 0,
  requests: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  searchUnits: 0,
  cost: 0,
  unknownUsage: 0,
  unknownCost: 0,
};

/** One call as a tally. */
export function tallyOf(used: Consumption | undefined, cost: number | undefined, requests: number): Tally {
  const { promptTokens, completionTokens, cachedTokens, searchUnits } = used ?? {};
  const told = [promptTokens, completionTokens, searchUnits].some((count) => count !== undefined);
  return {
    calls: 1,
    requests,
    promptTokens: promptTokens ?? 0,
    completionTokens: completionTokens ?? 0,
    cachedTokens: cachedTokens ?? 0,
    searchUnits: searchUnits ?? 0,
    cost: cost ?? 0,
    unknownUsage: told ? 0 : 1,
    unknownCost: cost === undefined ? 1 : 0,
  };
}

export function sum(tallies: Iterable<Tally>): Tally {
  const total: { -readonly [Part in keyof Tally]: number } = { ...NOTHING };
  for (const tally of tallies) {
    for (const part of Object.keys(NOTHING) as (keyof Tally)[]) total[part] += tally[part];
  }
  return total;
}

/** The cost as it may be told: "1.25 USD", "at least 1.25 USD (3 calls of unknown cost)", "unknown (3 calls)". */
export function describeCost({ cost, calls, unknownCost }: Tally, currency = ""): string {
  const amount = `${Number(cost.toPrecision(6))}${currency === "" ? "" : ` ${currency}`}`;
  if (unknownCost === 0) return amount;
  const unknown = `${unknownCost} ${unknownCost === 1 ? "call" : "calls"}`;
  return unknownCost === calls ? `unknown (${unknown})` : `at least ${amount} (${unknown} of unknown cost)`;
}
