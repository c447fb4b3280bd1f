import { NumberMap } from "./number-map.js";
import type { Side } from "./side.js";

/** A word of rarity 0 still counts a little. */
const LEAST_WEIGHT = 0.5;

/** One of a query's different stems, and what a document holds of it. */
export interface QueryTerm {
  /** Of one occurrence: its rarity and a half. */
  weight: number;
  /** How often it stands in the query. */
  asked: number;
  /** How often it stands in the document. */
  count: number;
  /** Whether the document has one of the query's own words of this stem. */
  exact: boolean;
}

/** A query's different stems in one document; reused for one pair after another. */
export class QueryTerms {
  /** Place among the query's different stems, by stem. */
  readonly #slots = new NumberMap();
  /** Unknown words, which stand in no document, each by itself. */
  readonly #terms: QueryTerm[] = [];
  readonly #words = new NumberMap();
  /** Of the document's words that are the query's: their places there, and which term each is. */
  readonly places: number[] = [];
  readonly found: number[] = [];

  read(query: Side, document: Side): void {
    this.#slots.clear();
    this.#words.clear();
    this.#terms.length = 0;
    this.places.length = 0;
    this.found.length = 0;
    for (let i = 0; i < query.length; i++) {
      const stem = query.stems[i]!;
      const known = this.slot(stem);
      if (known !== -1) this.#terms[known]!.asked++;
      else {
        if (stem !== -1) this.#slots.set(stem, this.#terms.length);
        const weight = query.rarities[i]! + LEAST_WEIGHT;
        this.#terms.push({ weight, asked: 1, count: 0, exact: false });
      }
      if (stem !== -1) this.#words.set(query.words[i]!, 1);
    }
    for (let i = 0; i < document.length; i++) {
      const slot = this.slot(document.stems[i]!);
      if (slot === -1) continue;
      const term = this.#terms[slot]!;
      term.count++;
      term.exact ||= this.#words.has(document.words[i]!);
      this.places.push(i);
      this.found.push(slot);
    }
  }

  get all(): readonly QueryTerm[] {
    return this.#terms;
  }

  /** Place among `all`; −1 for stems that the query lacks, and for −1. */
  slot(stem: number): number {
    return stem === -1 ? -1 : this.#slots.get(stem);
  }

  /** How often the document has a term; 0 for slot −1. */
  count(slot: number): number {
    return slot === -1 ? 0 : this.#terms[slot]!.count;
  }
}
