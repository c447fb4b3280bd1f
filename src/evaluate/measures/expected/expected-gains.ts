import { log2Whole } from "../exact-logarithms.js";
import type { TiedRanking } from "../measure.js";

/**
 * Mean gain at each rank over all orders of tied documents: the mean of the group that the rank falls into.
 * McSherry & Najork 2008, Computing information retrieval performance measures efficiently in the presence
 * of tied scores.
 */
export function expectedGains(
  { grades, groupEnds }: TiedRanking,
  cutoff: number,
  gain: (grade: number) => number,
): Float64Array {
  const gains = new Float64Array(Math.min(cutoff, grades.length));
  let start = 0;
  for (const end of groupEnds) {
    if (start >= gains.length) break;
    let sum = 0;
    for (let i = start; i < end; i++) sum += gain(grades[i] as number);
    gains.fill(sum / (end - start), start, end);
    start = end;
  }
  return gains;
}

/** Mean discounted gain; grades of 0 and below gain nothing. */
export function expectedDcg(ranking: TiedRanking, cutoff: number, gain: (grade: number) => number): number {
  const gains = expectedGains(ranking, cutoff, (grade) => (grade > 0 ? gain(grade) : 0));
  return gains.reduce((sum, value, i) => (value > 0 ? sum + value / log2Whole(i + 2) : sum), 0);
}

/** Mean number of documents of grade `rel` or more among the first `cutoff`. */
export function expectedCount({ grades, groupEnds }: TiedRanking, rel: number, cutoff: number): number {
  let count = 0;
  let start = 0;
  for (const end of groupEnds) {
    if (start >= cutoff) break;
    const relevant = countBetween(grades, rel, start, end);
    count += end <= cutoff ? relevant : (relevant * (cutoff - start)) / (end - start);
    start = end;
  }
  return count;
}

/** Documents of grade `rel` or more from rank `start` to before rank `end` (0-based). */
export function countBetween(grades: Float64Array, rel: number, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if ((grades[i] as number) >= rel) count++;
  return count;
}
