import { NumberMap } from "./number-map.js";
import type { Side } from "./side.js";

/** BM25 (Robertson and Zaragoza 2009) with Anserini's constants, and a length that passages often have. */
const K1 = 0.9;
const B = 0.4;
const USUAL_WORDS = 100;
/** A word of rarity 0 still counts a little. */
const LEAST_WEIGHT = 0.5;

/** A query's different stems, and what a document holds of them; reused for one pair after another. */
export class QueryTerms {
  /** Place among the query's different stems, by stem. */
  readonly #slots = new NumberMap();
  readonly #weights: number[] = [];
  readonly #counts: number[] = [];
  /** Of all words, those included that are unknown and stand in no document. */
  #allWeight = 0;
  #documentWords = 0;

  read(query: Side, document: Side): void {
    this.#slots.clear();
    this.#weights.length = 0;
    this.#counts.length = 0;
    this.#allWeight = 0;
    this.#documentWords = document.length;
    for (let i = 0; i < query.length; i++) {
      const stem = query.stems[i]!;
      if (stem !== -1 && this.#slots.has(stem)) continue;
      const weight = query.rarities[i]! + LEAST_WEIGHT;
      this.#allWeight += weight;
      if (stem === -1) continue;
      this.#slots.set(stem, this.#weights.length);
      this.#weights.push(weight);
      this.#counts.push(0);
    }
    for (let i = 0; i < document.length; i++) {
      const slot = this.slot(document.stems[i]!);
      if (slot !== -1) this.#counts[slot]!++;
    }
  }

  /** How many different stems the query has. */
  get size(): number {
    return this.#weights.length;
  }

  /** Place among the query's different stems, from 0; −1 for stems that it lacks, and for −1. */
  slot(stem: number): number {
    return stem === -1 ? -1 : this.#slots.get(stem);
  }

  /** How often a slot's stem stands in the document; 0 for slot −1. */
  count(slot: number): number {
    return slot === -1 ? 0 : this.#counts[slot]!;
  }

  /** Share of the query's stems that the document holds, weighted by rarity. */
  coverage(): number {
    return this.#share((count) => Number(count > 0));
  }

  /** BM25 as a share of what it could be at most. */
  score(): number {
    const norm = K1 * (1 - B + (B * this.#documentWords) / USUAL_WORDS);
    return this.#share((count) => count / (count + norm));
  }

  #share(value: (count: number) => number): number {
    let sum = 0;
    this.#weights.forEach((weight, slot) => {
      sum += weight * value(this.#counts[slot]!);
    });
    return this.#allWeight === 0 ? 0 : sum / this.#allWeight;
  }
}
