/** Shown where a number is not known. */
export const MISSING = "–";

const MINUS = "−";
const NBSP = "\u00A0";

/** Whether a number can be shown and drawn: finite, and small enough for sums and scales to stay so. */
export function usable(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) < 1e12;
}

/** A measure's value: `0.5058`. */
export function measureValue(value: number | undefined): string {
  return usable(value) ? fixed(value, 4) : MISSING;
}

/** A difference: `+0.0620`, `−0.0031`, `0.0000`. */
export function signed(value: number | undefined): string {
  if (!usable(value)) return MISSING;
  const text = fixed(value, 4);
  return Number(text) > 0 ? `+${text}` : text;
}

/** `0.0410 to 0.0830`, or `–` where an end is not known. */
export function interval(low: number, high: number): string {
  return usable(low) && usable(high) ? `${fixed(low, 4)} to ${fixed(high, 4)}` : MISSING;
}

/** `p = .012`, `p < .001`, `p > .999`. */
export function pValue(p: number): string {
  const value = bareP(p);
  return /^[<>]/.test(value) ? `p${NBSP}${value}` : `p${NBSP}=${NBSP}${value}`;
}

/** `.012`, `< .001`, `> .999`: for a column headed p. */
export function bareP(p: number): string {
  if (!usable(p)) return MISSING;
  if (p < 0.001) return `<${NBSP}.001`;
  if (p > 0.999) return `>${NBSP}.999`;
  return p.toFixed(3).replace(/^0/, "");
}

/** `5,183`. */
export function count(value: number | undefined): string {
  return usable(value) ? grouped(value, 0) : MISSING;
}

/** `100`, `99.8`. */
export function average(value: number | undefined): string {
  return usable(value) ? grouped(value, Number.isInteger(value) ? 0 : 1) : MISSING;
}

/** `8.4 ms`, `412 ms`, `12.3 s`. */
export function duration(ms: number | undefined): string {
  if (!usable(ms)) return MISSING;
  if (ms >= 10_000) return `${grouped(ms / 1000, 1)}${NBSP}s`;
  return `${grouped(ms, ms < 10 ? 1 : 0)}${NBSP}ms`;
}

/** A share in [0, 1] as `12.3 %`. */
export function percent(share: number | undefined): string {
  return usable(share) ? `${fixed(share * 100, 1)}${NBSP}%` : MISSING;
}

function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

function grouped(value: number, decimals: number): string {
  return fixed(value, decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
