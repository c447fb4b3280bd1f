import { createHash } from "node:crypto";
import type { TrainingExample } from "../example.js";
import type { CompactStore } from "./compact-store.js";
import type { Origin } from "./invalid-data.js";

/** What was read of one source. */
export interface SourceReport {
  readonly file: string;
  /** Lines that held a record, read until the limit. */
  readonly lines: number;
  /** Lines that `accept` refused. */
  readonly refused: number;
  /** Lines that were skipped because nothing can be learned from them. */
  readonly skipped: number;
  readonly examples: number;
  readonly documents: number;
}

/** One source's part of a data set. */
export interface DatasetSource {
  readonly file: string;
  /** How often an epoch goes through its examples, on average. */
  readonly weight: number;
  /** Its examples, by their numbers. */
  readonly numbers: Uint32Array;
}

/** Where the examples of a data set are. */
export interface DatasetParts {
  readonly store: CompactStore<TrainingExample>;
  /** Line of each example in its file. */
  readonly lines: Uint32Array;
  readonly sources: readonly DatasetSource[];
  readonly reports: readonly SourceReport[];
  /** What was wrong with the first skipped lines, each with file and line. */
  readonly skipped: readonly string[];
}

/** Examples from one or several files, compact in memory, each with a number of its own. */
export class Dataset {
  readonly sources: readonly DatasetSource[];
  readonly reports: readonly SourceReport[];
  readonly skipped: readonly string[];
  readonly #parts: DatasetParts;

  constructor(parts: DatasetParts) {
    this.#parts = parts;
    this.sources = parts.sources;
    this.reports = parts.reports;
    this.skipped = parts.skipped;
  }

  /** Examples of all sources. */
  get size(): number {
    return this.sources.reduce((sum, { numbers }) => sum + numbers.length, 0);
  }

  /** @param number one of a source's `numbers` */
  example(number: number): TrainingExample {
    return this.#parts.store.get(number);
  }

  /** Where an example stands. Of grouped lines it is the first. */
  origin(number: number): Origin {
    const source = this.sources.find(({ numbers }) => numbers.includes(number));
    return { file: source?.file ?? "", line: this.#parts.lines[number] as number };
  }

  /** All examples with their numbers and files, source by source. */
  *entries(): Generator<{
    readonly number: number;
    readonly file: string;
    readonly example: TrainingExample;
  }> {
    for (const { file, numbers } of this.sources) {
      for (const number of numbers) yield { number, file, example: this.example(number) };
    }
  }

  /**
   * Hash of everything that the order and content of batches depend on but for seed and options: a checkpoint
   * that was trained on other data shows by it.
   */
  fingerprint(): string {
    const hash = createHash("sha256");
    for (const bytes of this.#parts.store.content()) hash.update(bytes);
    for (const { weight, numbers } of this.sources) hash.update(`${weight}:`).update(numbers);
    return hash.digest("hex");
  }

  /** The data set without the examples that `keep` refuses; shares the memory. */
  where(keep: (number: number) => boolean): Dataset {
    const sources = this.sources.map((source) => ({ ...source, numbers: source.numbers.filter(keep) }));
    return new Dataset({ ...this.#parts, sources });
  }
}
