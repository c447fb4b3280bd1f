import { inParallel } from "../../../llm/calls/index.js";
import type { PairwiseMethod, PairwiseRun } from "../pairwise-run.js";

/**
 * Tournament sort until the wanted number is known: n − 1 pairs in ⌈log₂ n⌉ rounds for the best one, whose pairs are
 * asked at once, then at most ⌈log₂ n⌉ pairs one after the other for each further one. A document passes one that stood
 * before it only if it wins in both orders; ties keep the incoming order. What was not extracted follows in it.
 *
 * PRP-Sorting (2306.17563) is heapsort, which takes about two thirds more pairs for the ten best of a hundred, all of them one
 * after the other, and does not keep the order of ties.
 */
export function sorting(): PairwiseMethod {
  return {
    name: "sorting",
    orders: "by itself",
    async ask(run) {
      const rounds = Math.ceil(Math.log2(run.count));
      const wanted = Math.min(run.topN, run.count);
      run.plan(run.count - 1 + (wanted - 1) * rounds);
      const leaves = 2 ** rounds;
      // A complete tree as an array: the children of k are 2k and 2k + 1.
      const winners = new Array<number | undefined>(2 * leaves);
      for (const [place, position] of run.order.entries()) winners[leaves + place] = position;
      for (let level = leaves / 2; level >= 1; level /= 2) {
        const nodes = Array.from({ length: level }, (_, k) => level + k);
        await inParallel(nodes, (node) => play(run, winners, node));
      }
      const places = new Map(run.order.map((position, place) => [position, place]));
      const sorted: number[] = [];
      while (true) {
        sorted.push(winners[1]!);
        const extracted = new Set(sorted);
        run.order = [...sorted, ...run.order.filter((position) => !extracted.has(position))];
        if (sorted.length === wanted) return;
        let node = leaves + places.get(winners[1]!)!;
        winners[node] = undefined;
        while (node > 1) {
          node >>= 1;
          await play(run, winners, node);
        }
      }
    },
  };
}

/** The left one stood before the right one. */
async function play(run: PairwiseRun, winners: (number | undefined)[], node: number): Promise<void> {
  const [left, right] = [winners[2 * node], winners[2 * node + 1]];
  if (left === undefined || right === undefined) winners[node] = left ?? right;
  else winners[node] = (await isGreater(run, right, left)) ? right : left;
}

/** Whether `i` wins against `j` in both orders. */
export async function isGreater(run: PairwiseRun, i: number, j: number): Promise<boolean> {
  return (await run.compare(i, j))?.verdict === 1;
}
