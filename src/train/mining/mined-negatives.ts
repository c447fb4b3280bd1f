import type { ScoreScale } from "../../types/index.js";
import type { CompactStore } from "../data/compact-store.js";
import type { TrainingExample } from "../example.js";
import type { DocumentPool } from "./document-pool.js";
import type { GuardName } from "./guards.js";

/** One query's documents by their numbers in the pool. */
export interface MinedExample {
  readonly query: string;
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
  /** The teacher's scores of the positives, then of the negatives. */
  readonly scores?: readonly number[] | undefined;
}

/** What mining did. */
export interface MiningReport {
  /** Examples looked at, those without a positive, and those that got negatives. */
  readonly examples: number;
  readonly withoutPositive: number;
  /** Examples left out because the retriever has none of their positives. */
  readonly unfound: number;
  readonly mined: number;
  /** Candidates within the ranks. */
  readonly candidates: number;
  /** Candidates, mined and random, that were looked at and dropped, by the reason. */
  readonly dropped: Readonly<Record<"known" | "near" | GuardName, number>>;
  /** Negatives by where they come from. */
  readonly judged: number;
  readonly hard: number;
  readonly random: number;
  /** Examples with fewer negatives than asked for. */
  readonly short: number;
}

/** Examples with their negatives, compact in memory. */
export class MinedNegatives {
  readonly report: MiningReport;
  /** The scale of the teacher's scores; undefined without a teacher. */
  readonly scoreScale: ScoreScale | undefined;
  readonly #pool: DocumentPool;
  readonly #mined: CompactStore<MinedExample>;

  constructor(
    pool: DocumentPool,
    mined: CompactStore<MinedExample>,
    report: MiningReport,
    scoreScale: ScoreScale | undefined,
  ) {
    this.#pool = pool;
    this.#mined = mined;
    this.report = report;
    this.scoreScale = scoreScale;
  }

  get size(): number {
    return this.#mined.size;
  }

  /**
   * Lists with the positives first, in the order of the data set.
   *
   * @param targets 1 and 0 (default), or the teacher's scores, where there was a teacher
   */
  *examples(targets: "labels" | "teacher" = "labels"): Generator<TrainingExample> {
    for (let i = 0; i < this.size; i++) {
      const { query, positives, negatives, scores } = this.#mined.get(i);
      const numbers = [...positives, ...negatives];
      const labels = numbers.map((_, place) => (place < positives.length ? 1 : 0));
      const documents = numbers.map((number) => this.#pool.get(number));
      yield { query, documents, targets: targets === "teacher" && scores ? scores : labels };
    }
  }

  /** How many of an example's documents, which come first, are positives. */
  positivesOf(example: number): number {
    return this.#mined.get(example).positives.length;
  }
}
