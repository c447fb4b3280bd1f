import type { QueryTerms } from "./query-terms.js";
import type { Side } from "./side.js";

/** By word: whether it and the next one stand side by side, in this order, on the other side too. */
export interface Phrases {
  readonly query: readonly boolean[];
  readonly document: readonly boolean[];
}

export function findPhrases(query: Side, document: Side, terms: QueryTerms): Phrases {
  const queryPairs = neighbours(query, terms);
  const documentPairs = neighbours(document, terms);
  const asked = new Set(queryPairs);
  const given = new Set(documentPairs);
  return {
    query: queryPairs.map((pair) => pair !== NO_PAIR && given.has(pair)),
    document: documentPairs.map((pair) => pair !== NO_PAIR && asked.has(pair)),
  };
}

const NO_PAIR = -1;

/** For each word, which two of the query's stems it and the next word have. */
function neighbours(side: Side, terms: QueryTerms): number[] {
  const pairs: number[] = [];
  let left = -1;
  for (let i = 0; i < side.length; i++) {
    const slot = terms.slot(side.stems[i]!);
    if (i > 0) pairs.push(left === -1 || slot === -1 ? NO_PAIR : left * terms.all.length + slot);
    left = slot;
  }
  return pairs;
}
