/** What one system answered: for each query the documents it returned, with its scores. */
export interface Run {
  /** Names the system in tables and in the last column of a TREC run file. */
  readonly name: string;
  /** By query id, in the order in which the queries were met. */
  readonly lists: ReadonlyMap<string, ScoredList>;
}

/** Documents of one query with their scores, in the order of the file; measures sort them themselves. */
export interface ScoredList {
  /** Unique within the list. */
  readonly ids: readonly string[];
  /** One finite score per id; higher is better. */
  readonly scores: Float64Array;
}
