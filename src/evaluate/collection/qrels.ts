/**
 * Relevance judgments: query id → document id → grade, a whole number. Grades of 1 and more say relevant
 * (the higher the better), 0 says judged and not relevant, negative grades say in the pool but not judged.
 */
export type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>;
