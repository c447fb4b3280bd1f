/**
 * Where an increasing function crosses zero inside [low, high]: Newton's steps, and halving wherever a step
 * would leave the bracket or shrink it too slowly. Ends when the bracket or the step is below rounding.
 */
export function increasingRoot(
  value: (x: number) => number,
  slope: (x: number) => number,
  low: number,
  high: number,
): number {
  let x = low + (high - low) / 2;
  for (let i = 0; i < 2000; i++) {
    const v = value(x);
    if (v === 0) return x;
    if (v < 0) low = x;
    else high = x;
    const newton = x - v / slope(x);
    const next = i % 3 !== 2 && newton > low && newton < high ? newton : low + (high - low) / 2;
    if (Math.abs(next - x) <= 1e-16 * Math.abs(x) || high - low <= 2e-16 * Math.abs(x)) return next;
    x = next;
  }
  return x;
}
