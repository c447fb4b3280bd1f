import type { Measure } from "./measure.js";

/**
 * A value with the digits that trec_eval prints: counts whole, everything else with four decimals. A value
 * exactly between two goes to the even digit, as in C (0.03125 is 0.0312); `toFixed` goes away from zero.
 */
export function formatValue({ aggregate }: Pick<Measure, "aggregate">, value: number, decimals = 4): string {
  if (aggregate === "sum" || aggregate === "count") return String(value);
  const text = value.toFixed(decimals);
  // Between two decimals lie only odd multiples of 1 / 2^(decimals + 1).
  const between = Math.abs(value * 2 ** (decimals + 1)) % 2 === 1;
  if (!between || Number(text.at(-1)) % 2 === 0) return text;
  return (Math.trunc(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
}
