import type { Qrels } from "../collection/qrels.js";
import { compareIds } from "../measures/compare-ids.js";
import { rankList } from "../measures/rank-list.js";
import type { Run, ScoredList } from "../runs/run.js";

/**
 * The judged documents of every judged query, in the order in which a run has them; those that it lacks
 * stand below, by id. For collections that are judged for a given set of candidates only.
 */
export function judgedCandidates(run: Run, qrels: Qrels): Run {
  const lists = new Map<string, ScoredList>();
  for (const [query, grades] of qrels) {
    const list = run.lists.get(query);
    const found = list === undefined ? [] : rankList(list).filter((id) => grades.has(id));
    const missing = new Set(grades.keys());
    for (const id of found) missing.delete(id);
    const ids = [...found, ...[...missing].sort(compareIds)];
    lists.set(query, { ids, scores: Float64Array.from(ids, (_, i) => -(i + 1)) });
  }
  return { name: run.name, lists };
}
