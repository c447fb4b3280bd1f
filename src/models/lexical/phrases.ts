import type { QueryTerms } from "./query-terms.js";
import type { Side } from "./side.js";

/** Which words of query and document stand beside the same neighbour, in the same order, on both sides. */
export interface Phrases {
  /** By word: whether it and the next one stand side by side on the other side too. */
  readonly query: readonly boolean[];
  readonly document: readonly boolean[];
  /** Share of the query's different pairs of neighbours that the document has; 0 where there are none. */
  readonly share: number;
}

export function findPhrases(query: Side, document: Side, terms: QueryTerms): Phrases {
  const queryPairs = neighbours(query, terms);
  const documentPairs = neighbours(document, terms);
  const asked = pairSet(queryPairs);
  const given = pairSet(documentPairs);
  let shared = 0;
  for (const pair of asked) if (given.has(pair)) shared++;
  return {
    query: queryPairs.map((pair) => given.has(pair)),
    document: documentPairs.map((pair) => asked.has(pair)),
    share: asked.size === 0 ? 0 : shared / asked.size,
  };
}

const NO_PAIR = -1;

function pairSet(pairs: readonly number[]): Set<number> {
  const set = new Set<number>();
  for (const pair of pairs) if (pair !== NO_PAIR) set.add(pair);
  return set;
}

/** For each word, which two of the query's stems it and the next word have. */
function neighbours(side: Side, terms: QueryTerms): number[] {
  const pairs: number[] = [];
  let left = -1;
  for (let i = 0; i < side.length; i++) {
    const slot = terms.slot(side.stems[i]!);
    if (i > 0) pairs.push(left === -1 || slot === -1 ? NO_PAIR : left * terms.size + slot);
    left = slot;
  }
  return pairs;
}
