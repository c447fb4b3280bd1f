import type { StopReason } from "../../llm/calls/index.js";
import { fitBradleyTerry } from "../../preference/index.js";
import type { Document, RankedDocument } from "../../types/index.js";
import type { DistinctDocuments } from "../distinct-documents.js";
import { orderByScore } from "../order-by-score.js";
import type { PairwiseRun } from "./pairwise-run.js";

/** A distinct candidate in its place. */
export interface Ranked {
  readonly position: number;
  readonly score: number | undefined;
  readonly scored: boolean;
}

/** Scores that differ by less differ by the rounding of the fit alone, and are ties. */
const DIGITS = 1e6;

/** By the scores of a Bradley–Terry fit to the comparisons; what was never compared follows in the incoming order. */
export function rankByFit({ count, comparisons }: PairwiseRun, lambda: number | undefined): Ranked[] {
  if (count === 1) return [{ position: 0, score: 0, scored: true }];
  const items = Array.from({ length: count }, (_, position) => position);
  const fit = fitBradleyTerry(comparisons, { items, lambda });
  const scores = fit.scores.map((score) => Math.round(score * DIGITS) / DIGITS);
  const compared = new Set(comparisons.flatMap(({ a, b }) => [a, b]));
  const unscored = new Set(items.filter((position) => !compared.has(position)));
  let lowest = Number.POSITIVE_INFINITY;
  for (const position of compared) lowest = Math.min(lowest, scores[position]!);
  for (const position of unscored) scores[position] = compared.size === 0 ? 0 : lowest;
  return orderByScore(scores, unscored).map((position) => ({
    position,
    score: scores[position]!,
    scored: !unscored.has(position),
  }));
}

/** By the order that a method left. */
export function rankByOrder(
  { order }: PairwiseRun,
  stop: StopReason | undefined,
  read: ReadonlySet<number>,
): Ranked[] {
  return order.map((position) => ({
    position,
    score: undefined,
    scored: stop === undefined || read.has(position),
  }));
}

/** All candidates; those that read the same stand together. */
export function rankedDocuments(
  documents: readonly Document[],
  { candidates }: DistinctDocuments,
  ranked: readonly Ranked[],
): RankedDocument[] {
  let rank = 0;
  return ranked.flatMap(({ position, score, scored }) => {
    // Candidates that read the same share a place.
    const byRank = 1 / (rank + 1);
    return candidates[position]!.map((index) => {
      rank++;
      return { index, rank, score: score ?? byRank, scored, document: documents[index]! };
    });
  });
}
