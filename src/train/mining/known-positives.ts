import type { Dataset } from "../data/dataset.js";
import { plainWords } from "../data/plain-words.js";
import type { DocumentPool } from "./document-pool.js";

/** Which documents any example of a data set has as positives for a query, whatever its case and punctuation. */
export class KnownPositives {
  readonly #byQuery = new Map<string, number[]>();

  /** @param positiveFrom lowest target of a positive */
  constructor(dataset: Dataset, pool: DocumentPool, positiveFrom: number) {
    for (const { example } of dataset.entries()) {
      const key = keyOf(example.query);
      const numbers = this.#byQuery.get(key) ?? [];
      example.documents.forEach((document, i) => {
        if ((example.targets[i] as number) >= positiveFrom) numbers.push(pool.add(document));
      });
      this.#byQuery.set(key, numbers);
    }
  }

  /** Numbers in the pool. */
  of(query: string): readonly number[] {
    return this.#byQuery.get(keyOf(query)) ?? [];
  }
}

function keyOf(query: string): string {
  return plainWords(query).join(" ") || query;
}
