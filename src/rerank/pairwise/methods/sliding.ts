import type { PairwiseMethod } from "../pairwise-run.js";
import { isGreater } from "./sorting.js";

/**
 * Passes of bubble sort from the bottom, of which each brings one more document to its place: at most
 * passes · (n − 1) pairs, one after the other. Neighbours change places where the lower one wins in both orders
 * (PRP-Sliding-K, 2306.17563). What a pass left as it was further down need not be looked at again.
 *
 * @param passes default: as many as results are wanted, at most 10
 */
export function sliding(passes?: number): PairwiseMethod {
  return {
    name: "sliding",
    orders: "by itself",
    async ask(run) {
      const k = Math.min(passes ?? Math.min(run.topN, 10), run.count - 1);
      run.plan(k * (run.count - 1) - (k * (k - 1)) / 2);
      // Below `from`, neighbours stand as they did when they were compared.
      let from = run.count - 1;
      for (let pass = 0; pass < k; pass++) {
        let lowest: number | undefined;
        for (let at = from; at > pass; at--) {
          const [upper, lower] = [run.order[at - 1]!, run.order[at]!];
          if (!(await isGreater(run, lower, upper))) continue;
          run.order = run.order.with(at - 1, lower).with(at, upper);
          lowest ??= at;
        }
        if (lowest === undefined) return;
        from = Math.min(run.count - 1, lowest + 1);
      }
    },
  };
}
