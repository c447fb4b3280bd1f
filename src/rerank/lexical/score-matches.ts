import { bestPassage } from "./best-passage.js";
import type { Matches } from "./find-matches.js";
import { phraseShare } from "./phrase-share.js";
import type { QueryTerms } from "./query-terms.js";
import type { TermWeights } from "./term-weights.js";

// BM25: how soon repetition stops to count, and how much a long document must make up for its length.
const K1 = 1.6;
const B = 0.75;
/** Parts of the score; they sum to 1. */
const MIX = { words: 0.75, passage: 0.1, phrase: 0.1, title: 0.05 };

export interface LexicalScore {
  /** In [0, 1). */
  readonly score: number;
  /** Character offsets into the text of the best passage; empty where the text holds no query word. */
  readonly window: readonly [start: number, end: number];
}

/**
 * Four shares of the query's total weight, mixed: the words of the document with BM25's saturation and
 * length normalisation (Robertson and Zaragoza 2009), the words of its best passage, the neighbours that
 * are neighbours again, and the words of its title.
 */
export function scoreMatches(
  matches: Matches,
  terms: QueryTerms,
  { weights, total, averageWords }: TermWeights,
): LexicalScore {
  if (total === 0) return { score: 0, window: [0, 0] };
  const halfway = K1 * (1 - B + (B * matches.words) / averageWords);
  let words = 0;
  let title = 0;
  for (const [t, weight] of weights.entries()) {
    const count = matches.titleCounts[t]! + matches.textCounts[t]!;
    words += (weight * count) / (count + halfway);
    if (matches.titleCounts[t]! > 0) title += weight;
  }
  const passage = bestPassage(matches, weights);
  const phrase = phraseShare(matches.places, terms, weights);
  const score =
    MIX.words * (words / total) +
    MIX.passage * (passage.weight / total) +
    MIX.phrase * phrase +
    MIX.title * (title / total);
  return { score, window: passage.window };
}
