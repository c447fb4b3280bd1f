import type { Document } from "../../types/index.js";
import type { QueryTerms } from "./query-terms.js";
import { WordReader } from "./words.js";

/** Numbers stored for one match: term, position in words, start and end in characters. */
export const MATCH_WIDTH = 4;
/** Places beyond these are counted but not kept, which bounds the memory for one document at 1 MiB. */
const MOST_PLACES = 65_536;
/** Words between two chances for the caller to let other work in: well under a millisecond's worth. */
const WORDS_A_STEP = 4096;

/** Where the words of a query occur in one document. */
export interface Matches {
  /** Words of the title and the text. */
  readonly words: number;
  /** How often each query term occurs in the title and in the text; by term index. */
  readonly titleCounts: readonly number[];
  readonly textCounts: readonly number[];
  /** Matches in the text, `MATCH_WIDTH` numbers each, in reading order. */
  readonly places: Int32Array;
}

/** Reads a document once, in time linear in its length, yielding every few thousand words. */
export function* findMatches(document: Document, terms: QueryTerms): Generator<void, Matches> {
  const titleCounts = terms.counts.map(() => 0);
  const title = new WordReader(document.title ?? "");
  while (title.next()) {
    const id = terms.ids.get(title.term);
    if (id !== undefined) titleCounts[id]!++;
  }

  const textCounts = terms.counts.map(() => 0);
  let places = new Int32Array(8 * MATCH_WIDTH);
  let used = 0;
  const text = new WordReader(document.text);
  for (let n = 1; text.next(); n++) {
    if (n % WORDS_A_STEP === 0) yield;
    const id = terms.ids.get(text.term);
    if (id === undefined) continue;
    textCounts[id]!++;
    if (used === MOST_PLACES * MATCH_WIDTH) continue;
    if (used === places.length) {
      const larger = new Int32Array(used * 2);
      larger.set(places);
      places = larger;
    }
    places[used++] = id;
    places[used++] = text.position;
    places[used++] = text.start;
    places[used++] = text.end;
  }
  const words = title.position + text.position + 2;
  return { words, titleCounts, textCounts, places: places.subarray(0, used) };
}
