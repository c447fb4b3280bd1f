import { inParallel } from "../../../llm/calls/index.js";
import type { IndexPair } from "../../../preference/index.js";
import type { PairwiseMethod } from "../pairwise-run.js";

/** Pairs that do not depend on any answer, asked all at once and fitted. */
export function fixedPairs(name: string, pairsOf: (count: number) => readonly IndexPair[]): PairwiseMethod {
  return {
    name,
    orders: "by fit",
    async ask(run) {
      // Both orders of a pair are one question here.
      const keys = new Map(
        pairsOf(run.count).map(([i, j]) => [Math.min(i, j) * run.count + Math.max(i, j), [i, j]]),
      );
      run.plan(keys.size);
      await inParallel([...keys.values()], ([i, j]) => run.compare(i as number, j as number));
    },
  };
}
