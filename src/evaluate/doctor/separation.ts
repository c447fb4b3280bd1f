import { type LabelledScores, labelScores } from "../experiment/labelled-scores.js";
import type { DoctorContext } from "./context.js";

/** Scores by relevance of every judged query that has candidates. */
export function labelledScores({ judged, relevantFrom }: DoctorContext): readonly LabelledScores[] {
  const outcomes = judged
    .filter(({ ids }) => ids.length > 0)
    .map(({ id, ids, scores, outcome }) => ({ query: id, ids, scores, unscored: outcome?.unscored }));
  return labelScores(outcomes, new Map(judged.map(({ id, judged }) => [id, judged.grades])), relevantFrom);
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
