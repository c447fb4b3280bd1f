import { GrowingUint32 } from "../../retrieve/bm25/growing-uint32.js";
import type { TrainingExample } from "../example.js";
import { CompactStore } from "./compact-store.js";
import { invalidData, type Origin } from "./invalid-data.js";
import type { InvalidLines } from "./invalid-lines.js";
import { contradiction, JudgedPairs, sameDocument } from "./judged-pairs.js";
import type { Recognised } from "./recognise.js";
import { type LossDemands, unsuited } from "./suits-loss.js";

/** What the sources of a data set fill together. */
export interface ExamplePool {
  readonly store: CompactStore<TrainingExample>;
  /** Line of each example. */
  readonly lines: GrowingUint32;
  /** Documents of all examples. */
  documents: number;
  readonly loss: LossDemands | undefined;
}

export function examplePool(loss: LossDemands | undefined): ExamplePool {
  return { store: new CompactStore(), lines: new GrowingUint32(), documents: 0, loss };
}

/** Takes the examples of one source. */
export interface ExampleSink {
  /** Whether further lines cannot matter. */
  readonly full: boolean;
  /** @throws RankwrightError INVALID_TRAINING_DATA */
  add(recognised: Recognised, origin: Origin): void;
  /** After the last line. @throws RankwrightError INVALID_TRAINING_DATA for lines that may not be skipped */
  end(): void;
}

/** Every line an example of its own. */
export class LineSink implements ExampleSink {
  readonly #pool: ExamplePool;
  readonly #pairs: JudgedPairs;
  readonly #begin: number;
  readonly #limit: number;

  constructor(pool: ExamplePool, limit: number) {
    this.#pool = pool;
    this.#pairs = new JudgedPairs(pool.store, (number) => pool.lines.values()[number] as number);
    this.#begin = pool.store.size;
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#pool.store.size - this.#begin >= this.#limit;
  }

  add({ example, judged }: Recognised, origin: Origin): void {
    if (judged) this.#pairs.check(example, origin);
    const number = store(this.#pool, example, origin);
    if (judged) this.#pairs.add(example, number);
  }

  end(): void {}
}

interface Group {
  readonly documents: { text: string; title?: string | undefined }[];
  readonly targets: number[];
  /** Line of each document. */
  readonly lines: number[];
  readonly origin: Origin;
}

/** All lines with the same query one example. A document that is repeated with the same target counts once. */
export class QuerySink implements ExampleSink {
  readonly full = false;
  readonly #pool: ExamplePool;
  readonly #limit: number;
  readonly #invalid: InvalidLines;
  readonly #groups = new Map<string, Group>();

  constructor(pool: ExamplePool, limit: number, invalid: InvalidLines) {
    this.#pool = pool;
    this.#limit = limit;
    this.#invalid = invalid;
  }

  add({ example }: Recognised, origin: Origin): void {
    const { query, documents, targets } = example;
    let group = this.#groups.get(query);
    if (group === undefined) {
      if (this.#groups.size >= this.#limit) return;
      group = { documents: [], targets: [], lines: [], origin };
      this.#groups.set(query, group);
    }
    const { documents: known, targets: grades, lines } = group;
    const places = documents.map((document) => known.findIndex((other) => sameDocument(other, document)));
    places.forEach((place, i) => {
      if (place < 0 || grades[place] === targets[i]) return;
      const document = documents[i] as TrainingExample["documents"][number];
      throw contradiction(
        origin,
        document,
        targets[i] as number,
        lines[place] as number,
        grades[place] as number,
      );
    });
    places.forEach((place, i) => {
      if (place >= 0) return;
      known.push(documents[i] as TrainingExample["documents"][number]);
      grades.push(targets[i] as number);
      lines.push(origin.line);
    });
  }

  end(): void {
    for (const [query, { documents, targets, origin }] of this.#groups) {
      try {
        store(this.#pool, { query, documents, targets }, origin);
      } catch (error) {
        this.#invalid.skip(error);
      }
    }
  }
}

function store(pool: ExamplePool, example: TrainingExample, origin: Origin): number {
  const problem = pool.loss && unsuited(example, pool.loss);
  if (problem !== undefined) {
    throw invalidData(origin, problem, { field: "targets", value: example.targets });
  }
  pool.lines.push(origin.line);
  pool.documents += example.documents.length;
  return pool.store.add(example);
}
