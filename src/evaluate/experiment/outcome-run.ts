import type { Run } from "../runs/run.js";
import type { QueryOutcome } from "./query-outcome.js";

/**
 * The run that results when only the first `depth` candidates of every query are re-ranked and the others
 * stay below them in the first stage's order. Without `depth`: all that were scored.
 *
 * Where candidates stay below, places stand in for scores: a reranker's scores and what lies beneath them
 * have no common scale.
 */
export function outcomeRun(
  name: string,
  outcomes: Iterable<QueryOutcome>,
  depth = Number.POSITIVE_INFINITY,
): Run {
  const lists = new Map<string, Run["lists"] extends ReadonlyMap<string, infer List> ? List : never>();
  for (const { query, ids, scores } of outcomes) {
    const whole = depth >= ids.length;
    lists.set(query, { ids, scores: whole ? Float64Array.from(scores) : placesAtDepth(scores, depth) });
  }
  return { name, lists };
}

/** −rank of each candidate; ties of scores keep the first stage's order. */
function placesAtDepth(scores: readonly number[], depth: number): Float64Array {
  const order = Array.from({ length: depth }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
  const places = Float64Array.from(scores, (_, i) => -(i + 1));
  order.forEach((candidate, place) => {
    places[candidate] = -(place + 1);
  });
  return places;
}
