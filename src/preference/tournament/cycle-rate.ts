import type { Comparison, Item } from "../comparisons/comparison.js";
import { tabulate } from "../comparisons/pair-table.js";

/** How often preferences run in circles. */
export interface CycleRate {
  /** Sets of three items of which all three pairs were compared and none is a tie. */
  readonly triples: number;
  /** Of these, a ≻ b ≻ c ≻ a. */
  readonly cycles: number;
  /** cycles / triples: 0 for a consistent judge, about a quarter for coin flips; absent without triples. */
  readonly rate?: number | undefined;
}

/**
 * Counts 3-cycles (Kendall and Babington Smith 1940) by the majority of each pair's comparisons. Of a full
 * tournament, there are C(n, 3) − Σ C(wins, 2); of a sparse one, the triangles are counted.
 *
 * @throws INVALID_COMPARISONS
 */
export function cycleRate<T extends Item>(comparisons: readonly Comparison<T>[]): CycleRate {
  const { size, first, second, wins, losses } = tabulate(comparisons);
  // Whom each item beat, in ascending order.
  const beaten = Array.from({ length: size }, (): number[] => []);
  const met = Array.from({ length: size }, (): number[] => []);
  let decided = 0;
  for (let pair = 0; pair < first.length; pair++) {
    const margin = wins[pair]! - losses[pair]!;
    if (margin === 0) continue;
    const [i, j] = [first[pair]!, second[pair]!];
    beaten[margin > 0 ? i : j]!.push(margin > 0 ? j : i);
    met[i]!.push(j);
    decided++;
  }
  const full = decided === (size * (size - 1)) / 2;
  const { triples, transitive } = full ? countFull(beaten) : countTriangles(beaten, met);
  const cycles = triples - transitive;
  return triples > 0 ? { triples, cycles, rate: cycles / triples } : { triples, cycles };
}

/** Every triple that is no cycle has one item that beats both others. */
function countFull(beaten: readonly (readonly number[])[]) {
  const n = beaten.length;
  const transitive = beaten.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  return { triples: (n * (n - 1) * (n - 2)) / 6, transitive };
}

/** Triangles i < j < k of the pairs decided. */
function countTriangles(beaten: readonly (readonly number[])[], met: readonly (readonly number[])[]) {
  const won = beaten.map((losers) => new Set(losers));
  const meets = met.map((others) => new Set(others));
  let [triples, transitive] = [0, 0];
  for (const [i, others] of met.entries()) {
    for (const j of others) {
      for (const k of met[j]!) {
        if (!meets[i]!.has(k)) continue;
        triples++;
        const [ij, jk, ik] = [won[i]!.has(j), won[j]!.has(k), won[i]!.has(k)];
        // A cycle is i ≻ j ≻ k ≻ i or its reverse.
        if (!(ij === jk && ij !== ik)) transitive++;
      }
    }
  }
  return { triples, transitive };
}
