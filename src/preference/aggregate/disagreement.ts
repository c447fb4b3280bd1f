/**
 * The weight of preferences that an order goes against, and the least that any order must go against: the
 * smaller side of each pair.
 */
export function disagreement(n: number, counts: Float64Array, order: readonly number[]) {
  let [distance, least] = [0, 0];
  for (let k = 0; k < order.length; k++) {
    for (let l = k + 1; l < order.length; l++) {
      const against = counts[order[l]! * n + order[k]!]!;
      distance += against;
      least += Math.min(against, counts[order[k]! * n + order[l]!]!);
    }
  }
  return { distance, least };
}
