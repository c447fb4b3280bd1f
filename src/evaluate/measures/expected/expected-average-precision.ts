import { countRelevant } from "../judged-query.js";
import type { TiedRanking } from "../measure.js";
import { countBetween } from "./expected-gains.js";

/**
 * Mean average precision over all orders of tied documents. At the i-th place of a group of n documents, r
 * of them relevant, a document is relevant with probability r/n, and then each of the i − 1 documents of the
 * group above it with probability (r − 1)/(n − 1). McSherry & Najork 2008.
 */
export function expectedAveragePrecision(ranking: TiedRanking, rel: number, cutoff: number): number {
  const { grades, groupEnds, judged } = ranking;
  const all = countRelevant(judged, rel);
  if (all === 0) return 0;
  const last = Math.min(cutoff, grades.length);
  let found = 0;
  let start = 0;
  let sum = 0;
  for (const end of groupEnds) {
    if (start >= last) break;
    const size = end - start;
    const relevant = countBetween(grades, rel, start, end);
    const others = size > 1 ? (relevant - 1) / (size - 1) : 0;
    if (relevant > 0) {
      for (let i = start; i < Math.min(end, last); i++) {
        sum += ((relevant / size) * (found + 1 + (i - start) * others)) / (i + 1);
      }
    }
    found += relevant;
    start = end;
  }
  return sum / all;
}
