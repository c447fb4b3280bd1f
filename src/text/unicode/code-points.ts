/** One byte of flags for every code point. */
export function codePointFlags(): Uint8Array {
  return new Uint8Array(0x110000);
}

/**
 * Sets `bit` for a set of code points as tables.ts writes them: the gap since the last range and the
 * length of the next one in turn, in base 36.
 */
export function paint(flags: Uint8Array, set: string, bit: number): void {
  let at = 0;
  let inside = false;
  for (const word of set.split(" ")) {
    const next = at + Number.parseInt(word, 36);
    if (inside) for (let c = at; c < next; c++) flags[c]! |= bit;
    at = next;
    inside = !inside;
  }
}

/** Length in UTF-16 units of a code point. */
export function unitsOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}
