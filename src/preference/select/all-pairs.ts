import { checkWhole } from "../../numbers/check.js";

/** Two places in a list of the caller's, in the order in which a judge should see them. */
export type IndexPair = readonly [first: number, second: number];

/** Every pair of `n` items once; each item stands first about as often as second. @throws INVALID_OPTION */
export function allPairs(n: number): IndexPair[] {
  checkWhole("n", n, 0, 100_000);
  const pairs: IndexPair[] = [];
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) pairs.push(inTurn(i, j));
  return pairs;
}

/** A pair in the order that gives each item the first place in half of its pairs. */
export function inTurn(i: number, j: number): IndexPair {
  return (i + j) % 2 === 1 ? [Math.min(i, j), Math.max(i, j)] : [Math.max(i, j), Math.min(i, j)];
}
