import { hashText } from "../../files/hash.js";
import { type Document, show } from "../../types/index.js";
import type { TrainingExample } from "../example.js";
import type { CompactStore } from "./compact-store.js";
import { invalidData, type Origin } from "./invalid-data.js";

const SEED = 0x2545f491;

/** Remembers which pairs of one file were judged, in some 50 bytes each, to notice one judged in two ways. */
export class JudgedPairs {
  /** The first example with a pair, by a hash of the pair's texts. */
  readonly #first = new Map<number, number>();
  readonly #examples: CompactStore<TrainingExample>;
  readonly #lineOf: (example: number) => number;

  constructor(examples: CompactStore<TrainingExample>, lineOf: (example: number) => number) {
    this.#examples = examples;
    this.#lineOf = lineOf;
  }

  /** @throws RankwrightError INVALID_TRAINING_DATA where an earlier line judges one of the pairs otherwise */
  check({ query, documents, targets }: TrainingExample, origin: Origin): void {
    documents.forEach((document, i) => {
      const number = this.#first.get(pairHash(query, document));
      if (number === undefined) return;
      const earlier = this.#examples.get(number);
      const place = earlier.documents.findIndex((other) => sameDocument(other, document));
      if (earlier.query !== query || place < 0 || earlier.targets[place] === targets[i]) return;
      throw contradiction(
        origin,
        document,
        targets[i] as number,
        this.#lineOf(number),
        earlier.targets[place] as number,
      );
    });
  }

  /** @param number of the example in the store */
  add({ query, documents }: TrainingExample, number: number): void {
    for (const document of documents) {
      const hash = pairHash(query, document);
      if (!this.#first.has(hash)) this.#first.set(hash, number);
    }
  }
}

/** INVALID_TRAINING_DATA for a query and document that two lines give different targets. */
export function contradiction(
  origin: Origin,
  document: Document,
  target: number,
  earlierLine: number,
  earlierTarget: number,
) {
  const problem = `the document ${show(document.text)} has the target ${target}, and for the same query ${earlierTarget} on line ${earlierLine}; keep one of them`;
  return invalidData(origin, problem, { field: "targets", value: target });
}

export function sameDocument(a: Document, b: Document): boolean {
  return a.text === b.text && (a.title ?? "") === (b.title ?? "");
}

/** 53 bits. */
function pairHash(query: string, { title = "", text }: Document): number {
  const pair = `${query}\n${title}\n${text}`;
  return (hashText(pair) >>> 0) * 2 ** 21 + (hashText(pair, SEED) >>> 11);
}
