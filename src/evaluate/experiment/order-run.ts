import type { Run, ScoredList } from "../runs/run.js";
import type { QueryCandidates } from "./rerank-queries.js";

/** The candidates as a run, best first as they stand: the score of the i-th is −(i + 1). */
export function candidatesRun(name: string, queries: readonly QueryCandidates[]): Run {
  return orderRun(name, queries, (_, i) => -(i + 1));
}

/** The candidates with scores of one's own choosing. */
export function orderRun(
  name: string,
  queries: readonly QueryCandidates[],
  score: (id: string, index: number, query: string) => number,
): Run {
  const lists = new Map<string, ScoredList>();
  for (const { query, documents } of queries) {
    const ids = documents.map(({ id }) => id);
    lists.set(query, { ids, scores: Float64Array.from(ids, (id, i) => score(id, i, query)) });
  }
  return { name, lists };
}
