/**
 * Orders two ids by their UTF-8 bytes, as `strcmp` does in trec_eval. UTF-16 sorts differently: surrogate
 * pairs (U+10000 and above) come before U+E000–U+FFFF there.
 */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x < 0xd800 || y < 0xd800 ? x - y : place(x) - place(y);
  }
  return a.length - b.length;
}

/** Moves surrogates (D800–DFFF) behind E000–FFFF. */
function place(unit: number): number {
  return unit < 0xe000 ? unit + 0x2800 : unit;
}
