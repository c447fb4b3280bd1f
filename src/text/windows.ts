/** A run of tokens, end exclusive. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

export interface WindowPlan {
  /** Tokens in a window, at most. */
  readonly size: number;
  /** Tokens that a window shares with the one before, at least, where words allow; below `size`. */
  readonly overlap: number;
  readonly maxWindows: number;
}

/**
 * Cuts `count` tokens into overlapping windows, the first of which starts at 0. Cuts fall between words
 * (tokens of one word have the same start) unless a word takes up half a window. Every window reaches
 * further than the one before; behind the `maxWindows`th nothing is covered.
 */
export function planWindows(starts: Int32Array, count: number, plan: WindowPlan): TokenRange[] {
  const { size, overlap, maxWindows } = plan;
  const windows: TokenRange[] = [];
  const wordStart = (at: number): number => {
    let i = at;
    while (i > 0 && starts[i] === starts[i - 1]) i--;
    return i;
  };
  let from = 0;
  let covered = 0;
  while (windows.length < maxWindows) {
    let to = Math.min(from + size, count);
    if (to < count) {
      const cut = wordStart(to);
      if (cut > covered && cut - from >= size / 2) to = cut;
    }
    windows.push({ from, to });
    if (to >= count) break;
    const next = to - overlap;
    const cut = wordStart(next);
    covered = to;
    from = cut > from && cut + size > covered ? cut : next;
  }
  return windows;
}
