import { hashText } from "../../files/hash.js";
import { Bm25Index, type Bm25Options, bm25Retriever } from "../../retrieve/index.js";
import type { Document, Retriever } from "../../types/index.js";
import { CompactStore } from "../data/compact-store.js";
import type { Dataset } from "../data/dataset.js";
import { sameDocument } from "../data/judged-pairs.js";

/** Distinct documents, compact in memory, each with a number: what negatives are taken from. */
export class DocumentPool {
  readonly #store = new CompactStore<Document>();
  readonly #byHash = new Map<number, number>();

  /** The distinct documents of a data set's examples. */
  static fromDataset(dataset: Dataset): DocumentPool {
    const pool = new DocumentPool();
    for (const { example } of dataset.entries()) for (const document of example.documents) pool.add(document);
    return pool;
  }

  /** The documents of a corpus. @throws what the source throws */
  static async fromDocuments(documents: AsyncIterable<Document> | Iterable<Document>): Promise<DocumentPool> {
    const pool = new DocumentPool();
    for await (const document of documents) pool.add(document);
    return pool;
  }

  get size(): number {
    return this.#store.size;
  }

  /** Adds a document that is not there yet; keeps title and text alone. @returns its number, from 0 */
  add({ title, text }: Document): number {
    const document = title === undefined ? { text } : { title, text };
    let hash = hashText(`${title ?? ""}\n${text}`) >>> 0;
    // Another document with the same hash is met by going on to the next number.
    for (; ; hash++) {
      const number = this.#byHash.get(hash);
      if (number === undefined) break;
      if (sameDocument(this.get(number), document)) return number;
    }
    const number = this.#store.add(document);
    this.#byHash.set(hash, number);
    return number;
  }

  /** @param number below `size` */
  get(number: number): Document {
    return this.#store.get(number);
  }
}

export interface Bm25MinerOptions extends Bm25Options {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((documents: number) => void) | undefined;
}

/** A first stage over a pool, which can also answer without reading texts. */
export interface PoolRetriever extends Retriever {
  readonly pool: DocumentPool;
  /** The numbers of the k best documents, best first. */
  numbers(query: string, k: number): readonly number[];
}

/**
 * BM25 over the documents that the pool holds now, for `mineNegatives`.
 *
 * @throws RankwrightError INVALID_OPTION, ABORTED
 */
export async function bm25Miner(pool: DocumentPool, options: Bm25MinerOptions = {}): Promise<PoolRetriever> {
  const { size } = pool;
  const documents = function* () {
    for (let number = 0; number < size; number++) yield { ...pool.get(number), id: String(number) };
  };
  const index = await Bm25Index.build(documents(), options);
  return {
    ...bm25Retriever(index, (id) => pool.get(Number(id))),
    pool,
    numbers: (query, k) => index.search(query, k).ids.map(Number),
  };
}
