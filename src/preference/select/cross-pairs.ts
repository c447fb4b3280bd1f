import { checkWhole, invalid } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";

/** An item of a group, both as places. */
export interface GroupItem {
  readonly group: number;
  readonly item: number;
}

/** Attempts to find a pair that was not drawn before. */
const TRIES = 20;

/**
 * Which items of different groups to compare for `fitOffsets`: random cycles through all groups, and a random
 * item of each group for every step. Groups are connected, each is in 2·cycles pairs. Pairs are distinct.
 *
 * @param sizes items of each group, at least 1
 * @param cycles Default: 4
 * @returns as many pairs as there are groups for each cycle; fewer where groups are too small for that
 * @throws INVALID_OPTION
 */
export function crossPairs(
  sizes: readonly number[],
  { cycles = 4, seed = 0 }: { readonly cycles?: number | undefined; readonly seed?: number | undefined } = {},
): [GroupItem, GroupItem][] {
  if (!Array.isArray(sizes)) throw invalid("sizes", sizes, "pass an array of group sizes.");
  for (const [group, size] of sizes.entries()) checkWhole(`sizes[${group}]`, size, 1, 2 ** 32);
  checkWhole("cycles", cycles, 1, 1_000_000);
  const random = new Random(seed);
  if (sizes.length < 2) return [];
  const order = Int32Array.from(sizes, (_, group) => group);
  const used = new Set<string>();
  const pairs: [GroupItem, GroupItem][] = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    random.shuffle(order);
    for (let k = 0; k < order.length; k++) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const pair = [order[k]!, order[(k + 1) % order.length]!].map((group) => ({
          group,
          item: random.int(sizes[group]!),
        })) as [GroupItem, GroupItem];
        const key = JSON.stringify(pair);
        if (used.has(key)) continue;
        used.add(key);
        pairs.push(pair);
        break;
      }
    }
  }
  return pairs;
}
