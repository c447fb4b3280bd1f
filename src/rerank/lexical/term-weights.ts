import type { Matches } from "./find-matches.js";
import type { QueryTerms } from "./query-terms.js";
import { rarity } from "./rarity.js";

/** What the words of a query are worth among the candidates at hand. */
export interface TermWeights {
  /** Positive whole numbers, by term index: sums of them are exact in any order. */
  readonly weights: readonly number[];
  /** Sum of the weights. */
  readonly total: number;
  /** Mean length of a candidate in words; at least 1. */
  readonly averageWords: number;
}

/**
 * A term's weight is its rarity in general, times how well it tells these candidates apart, times how
 * often the query says it. The middle factor is 1 + ln((N + 1) / (n + 0.5)), the smoothed inverse document
 * frequency of BM25 over N candidates of which n hold the term. It cannot stand alone: a first stage picks
 * candidates that hold the rare words of the query, so exactly those look common among them.
 */
export function termWeights(terms: QueryTerms, candidates: readonly Matches[]): TermWeights {
  const holders = terms.counts.map(() => 0);
  let words = 0;
  for (const { titleCounts, textCounts, words: length } of candidates) {
    for (let t = 0; t < holders.length; t++) if (titleCounts[t]! + textCounts[t]! > 0) holders[t]!++;
    words += length;
  }
  const weights = [...terms.ids].map(([term, t]) => {
    const contrast = 1 + Math.log((candidates.length + 1) / (holders[t]! + 0.5));
    return Math.ceil(65_536 * rarity(term) * contrast * terms.counts[t]!);
  });
  return {
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    averageWords: Math.max(1, words / Math.max(1, candidates.length)),
  };
}
