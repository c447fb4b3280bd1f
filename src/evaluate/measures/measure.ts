/** The judged side of one query, prepared once for all measures and systems. */
export interface JudgedQuery {
  /** Document id → grade. */
  readonly grades: ReadonlyMap<string, number>;
  /** All grades of the query, highest first. */
  readonly ideal: readonly number[];
}

/** Grade of a retrieved document that the query's judgments do not mention. */
export const UNJUDGED = Number.NEGATIVE_INFINITY;

/** One query's ranking as measures see it. */
export interface JudgedRanking {
  /** Grade of the document at each rank, best rank first; `UNJUDGED` for documents without a judgment. */
  readonly grades: Float64Array;
  readonly judged: JudgedQuery;
}

/** A ranking whose documents with equal scores stand in no order. */
export interface TiedRanking extends JudgedRanking {
  /** For each group of equal scores, best first, the rank (0-based) after its last document. */
  readonly groupEnds: Uint32Array;
}

/**
 * A measure with its parameters, as a value: `nDCG@10`, `AP(rel=2)`. Two measures are the same when their
 * names are.
 */
export interface Measure {
  /** Canonical: parameters that differ from their default, in the order of the declaration. */
  readonly name: string;
  /**
   * How the values of the queries become one. `geometric mean` raises values below 0.00001 to that, as
   * trec_eval does; `count` is the number of queries.
   */
  readonly aggregate: "mean" | "sum" | "geometric mean" | "count";
  /** Value for one query; finite. */
  compute(ranking: JudgedRanking): number;
  /** Mean value over all orders of the tied documents; absent where no closed form is known. */
  expected?(ranking: TiedRanking): number;
  /** Value for a query that is judged but that the run does not answer: 0, except for counts of judgments. */
  missing(judged: JudgedQuery): number;
}
