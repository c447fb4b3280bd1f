/** A share as per cent: with one digit below 10 %, so that .4 % does not read as 0 %. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value.toFixed(Math.abs(value) < 9.95 && value !== 0 ? 1 : 0)} %`;
}

/** A measure, a correlation or a score. */
export function decimal(value: number): string {
  const text = value.toFixed(3);
  return text === "-0.000" ? "0.000" : text;
}

/** A difference, with its sign. */
export function signed(value: number): string {
  const text = decimal(value);
  return text.startsWith("-") ? text : `+${text}`;
}

/** Two digits at least: a tenth of a millisecond per pair adds up. */
export function milliseconds(ms: number): string {
  return `${ms < 9.95 ? Number(ms.toPrecision(2)) : Math.round(ms)} ms`;
}

/** `1 query`, `12 queries`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
