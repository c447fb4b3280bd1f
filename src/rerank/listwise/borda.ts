/** Makes one order of several orders of the same items. */
export type Aggregate = (rankings: readonly (readonly number[])[]) => readonly number[];

/**
 * Borda's count: items by their mean rank, best first. Equal ones stand as in the first ranking.
 * J.-C. de Borda, Mémoire sur les élections au scrutin, 1784.
 */
export function borda(rankings: readonly (readonly number[])[]): number[] {
  const sums = new Map<number, number>();
  for (const ranking of rankings) {
    for (const [rank, item] of ranking.entries()) sums.set(item, (sums.get(item) ?? 0) + rank);
  }
  return [...(rankings[0] ?? [])].sort((a, b) => sums.get(a)! - sums.get(b)!);
}
