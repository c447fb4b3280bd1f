import type { DoctorContext } from "./context.js";
import { isRelevant } from "./quality.js";

/** The scores of one query's candidates, by relevance. */
export interface LabelledScores {
  readonly query: string;
  readonly relevant: readonly number[];
  readonly others: readonly number[];
}

/** Scores by relevance of every judged query that has candidates. */
export function labelledScores({ judged, relevantFrom }: DoctorContext): LabelledScores[] {
  return judged
    .filter(({ ids }) => ids.length > 0)
    .map((query) => {
      const relevant: number[] = [];
      const others: number[] = [];
      for (const [candidate, id] of query.ids.entries()) {
        const side = isRelevant(query.judged, id, relevantFrom) ? relevant : others;
        side.push(query.scores[candidate]!);
      }
      return { query: query.id, relevant, others };
    });
}

/**
 * Share of `sorted` that `score` beats, ties counting half: for one relevant document and all others, its
 * part of the area under the ROC curve.
 *
 * @param sorted ascending, at least one
 */
export function shareBeaten(sorted: Float64Array, score: number): number {
  return (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / (2 * sorted.length);
}

/** How many of `sorted` are below `score`, or equal to it where `orEqual`. */
export function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const below = orEqual ? sorted[middle]! <= score : sorted[middle]! < score;
    if (below) low = middle + 1;
    else high = middle;
  }
  return low;
}
