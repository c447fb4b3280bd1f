import { RankwrightError, show } from "../../types/index.js";

/**
 * What a model costs, in one currency for the whole table. Name what is billed; what is not named is not billed,
 * except that a price for `input` without one for `output` leaves the cost of answers unknown. Use 0 for what is
 * known to be free.
 */
export interface Price {
  /** Per million tokens of the prompt. */
  readonly input?: number | undefined;
  /** Per million tokens of the prompt that the server read from its cache. Default: as `input`. */
  readonly cachedInput?: number | undefined;
  /** Per million tokens of the answer. */
  readonly output?: number | undefined;
  /** Per call that was answered. */
  readonly call?: number | undefined;
  /** Per search unit or rerank unit, by which some rerank APIs bill. */
  readonly searchUnit?: number | undefined;
}

/** By the model's name, as the caller or as the server calls it. */
export type PriceTable = Readonly<Record<string, Price>>;

/** What one call took, as the provider counts it; what it does not tell is undefined. */
export interface Consumption {
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  readonly cachedTokens?: number | undefined;
  readonly searchUnits?: number | undefined;
}

/** The cost of one call; undefined where the price, or what it is multiplied by, is unknown. Never 0 in its stead. */
export function costOf(price: Price | undefined, used: Consumption): number | undefined {
  if (price === undefined) return undefined;
  const { promptTokens, completionTokens, cachedTokens, searchUnits } = used;
  const { input, cachedInput = input, output, call, searchUnit } = price;
  const cached = promptTokens && cachedTokens && Math.min(cachedTokens, promptTokens);
  const parts = [
    times(1, call),
    times(promptTokens && promptTokens - (cached ?? 0), input, 1e6),
    times(cached ?? 0, cachedInput, 1e6),
    // Answers of unknown price, unless there was none.
    input !== undefined && output === undefined && completionTokens !== 0
      ? undefined
      : times(completionTokens, output, 1e6),
    times(searchUnits, searchUnit),
  ];
  return parts.reduce((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part), 0);
}

/** What is not billed, or free, costs nothing however much it was. */
function times(count: number | undefined, price: number | undefined, per = 1): number | undefined {
  return price === undefined || price === 0 ? 0 : count && (count * price) / per;
}

const PARTS: readonly (keyof Price)[] = ["input", "cachedInput", "output", "call", "searchUnit"];

/** @throws RankwrightError INVALID_OPTION */
export function checkPrices(prices: PriceTable): PriceTable {
  for (const [model, price] of Object.entries(prices)) {
    const refuse = (part: string, value: unknown, mend: string): never => {
      const field = `prices[${show(model)}]${part}`;
      throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
    };
    if (typeof price !== "object" || price === null) refuse("", price, "pass { input, output } and the like");
    for (const [part, value] of Object.entries(price)) {
      if (!PARTS.includes(part as keyof Price))
        refuse(`.${part}`, value, `the parts are ${PARTS.join(", ")}`);
      if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
        refuse(`.${part}`, value, "pass a number from 0");
      }
    }
    if (PARTS.every((part) => price[part] === undefined)) {
      refuse(
        "",
        price,
        "an empty price would make calls free; name at least one part, or leave the model out",
      );
    }
    if (price.cachedInput !== undefined && price.input === undefined) {
      refuse(".input", undefined, "a price of cached input needs one of input");
    }
  }
  return prices;
}
