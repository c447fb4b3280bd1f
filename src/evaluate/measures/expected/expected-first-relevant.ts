import type { TiedRanking } from "../measure.js";
import { countBetween } from "./expected-gains.js";

/** Mean of 1 / rank of the first relevant document over all orders of tied documents. */
export function expectedReciprocalRank(ranking: TiedRanking, rel: number, cutoff: number): number {
  return firstRelevant(ranking, rel, cutoff, (rank) => 1 / rank);
}

/** Probability that a relevant document stands among the first `cutoff`. */
export function expectedSuccess(ranking: TiedRanking, rel: number, cutoff: number): number {
  const { grades, groupEnds } = ranking;
  // Certain, whatever the order; the sum of probabilities would only be nearly 1.
  for (const end of groupEnds) {
    if (end > cutoff) break;
    if (countBetween(grades, rel, 0, end) > 0) return 1;
  }
  return firstRelevant(ranking, rel, cutoff, () => 1);
}

/**
 * Mean of `worth` at the rank of the first relevant document. It lies in the first group that holds any; of
 * the n documents there, r relevant, it takes the i-th place when the i − 1 before it are not relevant.
 */
function firstRelevant(
  { grades, groupEnds }: TiedRanking,
  rel: number,
  cutoff: number,
  worth: (rank: number) => number,
): number {
  let start = 0;
  for (const end of groupEnds) {
    const relevant = countBetween(grades, rel, start, end);
    if (relevant > 0) {
      const last = Math.min(end - relevant + 1, cutoff);
      let noneBefore = 1;
      let sum = 0;
      for (let i = start; i < last; i++) {
        const chance = relevant / (end - i);
        sum += noneBefore * chance * worth(i + 1);
        noneBefore *= 1 - chance;
      }
      return sum;
    }
    start = end;
  }
  return 0;
}
