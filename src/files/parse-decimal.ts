/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const MAX_EXACT = 2 ** 53;
const MAX_EXPONENT = 10_000;
const POINT = 0x2e;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;
const SMALL_E = 0x65;
const LOWER_CASE = 0x20;

/**
 * The decimal number in the bytes from `start` to `end`, rounded as `Number` rounds; NaN for anything else,
 * `Infinity` and hexadecimal included. `text` is the same bytes as Latin-1.
 *
 * Digits that make a whole number up to 2^53, multiplied or divided by an exact power of ten, are rounded
 * once, hence correctly (Clinger, "How to read floating point numbers accurately", 1990). What has more
 * digits goes through `Number`.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, text: string): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;
  // Once it is above 2^53 it stays there, however it was rounded.
  let whole = 0;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      digits++;
    } else if (bytes[at] === POINT && point < 0) point = at;
    else break;
  }
  if (digits === 0) return Number.NaN;
  let scale = point < 0 ? 0 : point + 1 - at;
  if (at < end) {
    if ((bytes[at]! | LOWER_CASE) !== SMALL_E) return Number.NaN;
    const down = bytes[at + 1] === MINUS;
    at += down || bytes[at + 1] === PLUS ? 2 : 1;
    if (at >= end) return Number.NaN;
    let exponent = 0;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return Number.NaN;
      exponent = Math.min(exponent * 10 + digit, MAX_EXPONENT);
    }
    scale += down ? -exponent : exponent;
  }
  if (whole > MAX_EXACT || Math.abs(scale) >= POWERS.length) return Number(text.substring(start, end));
  const value = scale < 0 ? whole / POWERS[-scale]! : whole * POWERS[scale]!;
  return negative ? -value : value;
}
