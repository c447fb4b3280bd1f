import { inParallel } from "../../../llm/calls/index.js";
import { cyclePairs, fitBradleyTerry, selectPairs } from "../../../preference/index.js";
import type { PairwiseMethod, PairwiseRun } from "../pairwise-run.js";

export interface ActivePairsOptions {
  /** Pairs to ask about at most. Default: four times as many as there are documents. */
  readonly pairs?: number | undefined;
  /** How much of the head matters. Default: as many results as are wanted, at most 10. */
  readonly top?: number | undefined;
  readonly seed: number;
  /** Of the fit between batches. */
  readonly lambda?: number | undefined;
}

/** Cycles before the first selection: with fewer, nobody knows yet who is in the head. */
const FIRST_CYCLES = 2;

/**
 * Two random cycles, then batches of half as many pairs as there are documents, each of those that tell most about the
 * head: p(1 − p)·Var(e_i − e_j) is greatest, among documents that may still reach it.
 */
export function activePairs({ pairs, top, seed, lambda }: ActivePairsOptions): PairwiseMethod {
  return {
    name: "active",
    orders: "by fit",
    async ask(run) {
      const n = run.count;
      const budget = Math.min(pairs ?? 4 * n, (n * (n - 1)) / 2);
      run.plan(budget);
      const asked: { a: number; b: number }[] = [];
      const ask = async (batch: readonly { readonly a: number; readonly b: number }[]) => {
        asked.push(...batch);
        await inParallel(batch, ({ a, b }) => run.compare(a, b));
      };
      await ask(firstPairs(n, seed).slice(0, budget));
      while (asked.length < budget) {
        const batch = select(run, asked, Math.min(Math.ceil(n / 2), budget - asked.length), top, lambda);
        // Nothing is left that could change the head.
        if (batch.length === 0) return;
        await ask(batch);
      }
    },
  };
}

function firstPairs(n: number, seed: number) {
  const pairs = cyclePairs(n, { cycles: FIRST_CYCLES, seed });
  const distinct = new Map(pairs.map(([a, b]) => [Math.min(a, b) * n + Math.max(a, b), { a, b }]));
  return [...distinct.values()];
}

function select(
  run: PairwiseRun,
  asked: readonly { readonly a: number; readonly b: number }[],
  count: number,
  top = Math.min(run.topN, 10),
  lambda: number | undefined,
) {
  const items = Array.from({ length: run.count }, (_, i) => i);
  const fit = fitBradleyTerry(run.comparisons, { items, lambda });
  return selectPairs(fit, { count, asked, top });
}
