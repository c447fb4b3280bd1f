/**
 * The order of a group with the least weight of preferences against it, by dynamic programming over which
 * items come first: time 2^k·k², of k items.
 */
export function bestOrder(n: number, counts: Float64Array, group: readonly number[]): number[] {
  const k = group.length;
  const cost = new Float64Array(2 ** k).fill(Infinity);
  const last = new Int8Array(2 ** k);
  cost[0] = 0;
  for (let set = 0; set < 2 ** k; set++) {
    for (let next = 0; next < k; next++) {
      if (set & (1 << next)) continue;
      // Preferences for the next one over those that stand before it.
      let sum = cost[set]!;
      for (let i = 0; i < k; i++) if (set & (1 << i)) sum += counts[group[next]! * n + group[i]!]!;
      const grown = set | (1 << next);
      if (sum >= cost[grown]!) continue;
      cost[grown] = sum;
      last[grown] = next;
    }
  }
  const order = new Array<number>(k);
  for (let set = 2 ** k - 1, place = k - 1; place >= 0; place--) {
    order[place] = group[last[set]!]!;
    set &= ~(1 << last[set]!);
  }
  return order;
}
