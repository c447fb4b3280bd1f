import type { Qrels } from "../collection/qrels.js";
import type { QueryOutcome } from "./query-outcome.js";

/** Scores of one query's candidates, by what the judgments say of them. */
export interface LabelledScores {
  readonly query: string;
  readonly relevant: readonly number[];
  readonly others: readonly number[];
}

/**
 * Which of the candidates of judged queries are relevant. Where judgments also say what is not (grades of 0
 * and below), candidates without a judgment are left out: nobody knows what they are. Where only relevant
 * documents are listed, all others count as not relevant. Candidates without a score of their own are left out, and
 * so are queries of which nothing is left.
 */
export function labelScores(
  outcomes: Iterable<Pick<QueryOutcome, "query" | "ids" | "scores" | "unscored">>,
  qrels: Qrels,
  relevanceLevel = 1,
): readonly LabelledScores[] {
  const saysNo = [...qrels.values()].some((grades) => [...grades.values()].some((grade) => grade < 1));
  const labelled: LabelledScores[] = [];
  for (const { query, ids, scores, unscored } of outcomes) {
    const grades = qrels.get(query);
    if (grades === undefined) continue;
    const relevant: number[] = [];
    const others: number[] = [];
    const without = new Set(unscored);
    for (const [i, id] of ids.entries()) {
      if (without.has(i)) continue;
      const grade = grades.get(id);
      if (grade === undefined && saysNo) continue;
      ((grade ?? 0) >= relevanceLevel ? relevant : others).push(scores[i] as number);
    }
    if (relevant.length + others.length > 0) labelled.push({ query, relevant, others });
  }
  return labelled;
}
