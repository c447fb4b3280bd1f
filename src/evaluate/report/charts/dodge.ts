/**
 * Moves label positions as little as it takes to keep `gap` between neighbours within [from, to]; the order
 * stays. Where they cannot all fit, the gap shrinks. Answers in the order of the input.
 */
export function dodge(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const step = Math.min(gap, (to - from) / Math.max(1, wanted.length - 1));
  const placed: number[] = [];
  let floor = from;
  for (const index of order) {
    const at = Math.max(floor, wanted[index] as number);
    placed[index] = at;
    floor = at + step;
  }
  let ceiling = to;
  for (const index of order.reverse()) {
    const at = Math.min(ceiling, placed[index] as number);
    placed[index] = at;
    ceiling = at - step;
  }
  return placed;
}
