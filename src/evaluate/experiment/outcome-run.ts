import { rankOrder } from "../measures/rank-list.js";
import type { Run, ScoredList } from "../runs/run.js";
import type { QueryOutcome } from "./query-outcome.js";

/**
 * The run that results when only the first `depth` candidates of every query are re-ranked and the others
 * stay below them in the first stage's order. Without `depth`: all that were scored.
 *
 * Where candidates stay below, places stand in for scores: a reranker's scores and what lies beneath them
 * have no common scale. Equal scores stand in the order in which measures read them at every depth.
 */
export function outcomeRun(
  name: string,
  outcomes: Iterable<QueryOutcome>,
  depth = Number.POSITIVE_INFINITY,
): Run {
  const lists = new Map<string, ScoredList>();
  for (const { query, ids, scores } of outcomes) {
    const list = { ids, scores: Float64Array.from(scores) };
    lists.set(query, depth >= ids.length ? list : { ids, scores: placesAtDepth(list, depth) });
  }
  return { name, lists };
}

/** −rank of each candidate. */
function placesAtDepth({ ids, scores }: ScoredList, depth: number): Float64Array {
  const places = Float64Array.from(ids, (_, i) => -(i + 1));
  const { order } = rankOrder({ ids: ids.slice(0, depth), scores: scores.subarray(0, depth) });
  for (const [place, candidate] of order.entries()) places[candidate] = -(place + 1);
  return places;
}
