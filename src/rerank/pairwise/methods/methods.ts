import { checkWhole, invalid } from "../../../numbers/check.js";
import { allPairs, cyclePairs } from "../../../preference/index.js";
import type { PairwiseMethod } from "../pairwise-run.js";
import { activePairs } from "./active-pairs.js";
import { fixedPairs } from "./fixed-pairs.js";
import { sliding } from "./sliding.js";
import { sorting } from "./sorting.js";

/**
 * Which pairs are asked about. `pairs` are pairs of documents; each takes two calls of every judge.
 *
 * - `active`: two random cycles, then again and again the pairs that tell most about the head of the ranking
 * - `cycles`: a random graph in which every document meets `degree` others, all at once: the best for labels
 * - `all-pairs`: n (n − 1) / 2; the incoming order does not matter
 * - `sorting`: a tournament, about n + k log₂ n pairs
 * - `sliding`: `passes` passes of bubble sort from the bottom, at most passes · (n − 1) pairs one after the other
 */
export type PairwiseMethodOption =
  | {
      readonly name: "active";
      readonly pairs?: number | undefined;
      readonly top?: number | undefined;
      readonly seed?: number | undefined;
    }
  | { readonly name: "cycles"; readonly degree?: number | undefined; readonly seed?: number | undefined }
  | { readonly name: "all-pairs" }
  | { readonly name: "sorting" }
  | { readonly name: "sliding"; readonly passes?: number | undefined };

/** @throws RankwrightError INVALID_OPTION */
export function pairwiseMethod(
  option: PairwiseMethodOption | PairwiseMethodOption["name"] = "active",
): PairwiseMethod {
  const chosen: PairwiseMethodOption = typeof option === "string" ? { name: option } : option;
  const { seed = 1 } = (chosen ?? {}) as { readonly seed?: number };
  checkWhole("method.seed", seed, 0);
  switch (chosen?.name) {
    case "active":
      if (chosen.pairs !== undefined) checkWhole("method.pairs", chosen.pairs, 1);
      if (chosen.top !== undefined) checkWhole("method.top", chosen.top, 1);
      return activePairs({ ...chosen, seed });
    case "cycles": {
      const { degree = 8 } = chosen;
      checkWhole("method.degree", degree, 2);
      if (degree % 2 === 1)
        throw invalid("method.degree", degree, "pass an even number: each cycle adds two.");
      return fixedPairs("cycles", (n) => cyclePairs(n, { cycles: degree / 2, seed }));
    }
    case "all-pairs":
      return fixedPairs("all-pairs", allPairs);
    case "sorting":
      return sorting();
    case "sliding":
      if (chosen.passes !== undefined) checkWhole("method.passes", chosen.passes, 1);
      return sliding(chosen.passes);
    default:
      throw invalid(
        "method",
        option,
        "pass active, cycles, all-pairs, sorting or sliding, or { name, … } with one of them.",
      );
  }
}
