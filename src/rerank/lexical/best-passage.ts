import { MATCH_WIDTH, type Matches } from "./find-matches.js";

/** Words that a passage spans at most: about a sentence. */
const PASSAGE_WORDS = 16;

export interface Passage {
  /** Summed weight of the distinct query terms in the passage or in the title. */
  readonly weight: number;
  /** Character offsets into the text, from the first matching word to the last; empty without a match. */
  readonly window: readonly [start: number, end: number];
}

/**
 * The passage of at most `PASSAGE_WORDS` words that holds the most weight in distinct query terms; among
 * equals the shortest, then the first. The title counts as part of every passage. One sweep: the window
 * moves its right edge over the matches and drops from the left what is too far away or said again later.
 */
export function bestPassage({ places, titleCounts }: Matches, weights: readonly number[]): Passage {
  let weight = 0;
  for (const [t, count] of titleCounts.entries()) if (count > 0) weight += weights[t]!;
  let best = weight;
  let bestSpan = Number.POSITIVE_INFINITY;
  let window: readonly [number, number] = [0, 0];
  const inside = weights.map(() => 0);
  let left = 0;
  for (let right = 0; right < places.length; right += MATCH_WIDTH) {
    const term = places[right]!;
    if (inside[term]!++ === 0 && titleCounts[term] === 0) weight += weights[term]!;
    for (;;) {
      const first = places[left]!;
      const tooFar = places[right + 1]! - places[left + 1]! >= PASSAGE_WORDS;
      if (!tooFar && inside[first] === 1) break;
      if (--inside[first]! === 0 && titleCounts[first] === 0) weight -= weights[first]!;
      left += MATCH_WIDTH;
    }
    const span = places[right + 1]! - places[left + 1]!;
    if (weight > best || (weight === best && span < bestSpan)) {
      best = weight;
      bestSpan = span;
      window = [places[left + 2]!, places[right + 3]!];
    }
  }
  return { weight: best, window };
}
