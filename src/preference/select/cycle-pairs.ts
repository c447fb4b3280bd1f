import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import { allPairs, type IndexPair } from "./all-pairs.js";

/** Permutations tried for a cycle without repeated pairs. */
const TRIES = 50;

/**
 * Which pairs to compare: the union of random cycles through all items (zELO, arXiv 2509.12541). Connected,
 * every item in 2·cycles pairs, once first and once second in each cycle, and few steps from any other: it
 * determines scores better than as many pairs drawn at random.
 *
 * Up to 2·cycles + 1 items get all pairs, two items both orders. Pairs are distinct, but that a few may come
 * in both orders or be missing where items are hardly more than that.
 *
 * @param n number of items
 * @param cycles of `n` pairs each. Default: 4
 * @returns n·cycles pairs
 * @throws INVALID_OPTION
 */
export function cyclePairs(
  n: number,
  { cycles = 4, seed = 0 }: { readonly cycles?: number | undefined; readonly seed?: number | undefined } = {},
): IndexPair[] {
  checkWhole("n", n, 0, 2 ** 26);
  checkWhole("cycles", cycles, 1, 1_000_000);
  const random = new Random(seed);
  if (n === 2)
    return [
      [0, 1],
      [1, 0],
    ];
  if (n <= 2 * cycles + 1) return allPairs(n);
  const used = new Set<number>();
  const pairs: IndexPair[] = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    const order = freshCycle(n, used, random);
    for (let k = 0; k < n; k++) {
      const [a, b] = [order[k]!, order[(k + 1) % n]!];
      const asked = [a * n + b, b * n + a].map((key) => used.has(key));
      if (asked[0] && asked[1]) continue;
      const pair: IndexPair = asked[0] ? [b, a] : [a, b];
      used.add(pair[0] * n + pair[1]);
      pairs.push(pair);
    }
  }
  return pairs;
}

/** A random cycle that repeats no used pair; after many tries one that does. */
function freshCycle(n: number, used: ReadonlySet<number>, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    random.shuffle(order);
    if (mend(order, used, random)) return order;
  }
  return order;
}

/** Replaces used pairs by turning round a stretch of the cycle from one of them to any other pair. */
function mend(order: Int32Array, used: ReadonlySet<number>, random: Random): boolean {
  const n = order.length;
  const at = (k: number) => order[k % n]!;
  const taken = (a: number, b: number) => used.has(a * n + b) || used.has(b * n + a);
  for (let k = 0; k < n; k++) {
    for (let attempt = 0; taken(at(k), at(k + 1)); attempt++) {
      if (attempt === 2 * n) return false;
      const other = random.int(n);
      const [low, high] = [Math.min(k, other), Math.max(k, other)];
      // Of the pairs (low, low + 1) and (high, high + 1) these two become.
      if (taken(at(low), at(high)) || taken(at(low + 1), at(high + 1))) continue;
      order.subarray(low + 1, high + 1).reverse();
    }
  }
  return true;
}
