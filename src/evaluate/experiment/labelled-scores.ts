import type { Qrels } from "../collection/qrels.js";
import type { QueryOutcome } from "./query-outcome.js";

/** Scores of one query's candidates with what the judgments say of them. */
export interface LabelledScores {
  readonly query: string;
  readonly scores: readonly number[];
  readonly relevant: readonly boolean[];
}

/**
 * Which of the candidates are relevant. Where documents are judged not relevant too, candidates without a
 * judgment are left out; where only relevant ones are listed, all others count as not relevant.
 */
export function labelScores(
  outcomes: readonly QueryOutcome[],
  qrels: Qrels,
  relevanceLevel = 1,
): readonly LabelledScores[] {
  const listsOthers = [...qrels.values()].some((grades) =>
    [...grades.values()].some((grade) => grade < relevanceLevel),
  );
  return outcomes.flatMap(({ query, ids, scores }) => {
    const grades = qrels.get(query);
    if (grades === undefined) return [];
    const kept = ids.flatMap((id, i) => (listsOthers && !grades.has(id) ? [] : [i]));
    return {
      query,
      scores: kept.map((i) => scores[i] as number),
      relevant: kept.map((i) => (grades.get(ids[i] as string) ?? 0) >= relevanceLevel),
    };
  });
}
