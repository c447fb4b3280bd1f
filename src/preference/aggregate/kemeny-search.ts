/**
 * Moves single items of an order, in place, each to where the least weight of preferences goes against it,
 * until none gains.
 */
export function improveOrder(n: number, counts: Float64Array, order: number[]): void {
  // Sums of weights differ by rounding where they are equal.
  const least = 1e-12 * counts.reduce((sum, count) => sum + count, 0);
  for (let improved = true; improved; ) {
    improved = false;
    for (let at = 0; at < order.length; at++) {
      const { to, gain } = bestMove(n, counts, order, at);
      if (gain <= least) continue;
      order.splice(to, 0, order.splice(at, 1)[0]!);
      improved = true;
    }
  }
}

/** Where the item at a place gains most, walking away from it in both directions. */
function bestMove(n: number, counts: Float64Array, order: readonly number[], at: number) {
  const item = order[at]!;
  let [to, gain] = [at, 0];
  for (const direction of [-1, 1]) {
    let sum = 0;
    for (let place = at + direction; place >= 0 && place < order.length; place += direction) {
      const passed = order[place]!;
      const [before, after] = [counts[item * n + passed]!, counts[passed * n + item]!];
      sum += direction < 0 ? before - after : after - before;
      if (sum > gain) [to, gain] = [place, sum];
    }
  }
  return { to, gain };
}
