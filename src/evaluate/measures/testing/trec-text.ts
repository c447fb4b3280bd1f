import type { Qrels } from "../../collection/qrels.js";
import type { Run } from "../../runs/run.js";

/** Judgments from lines of `query 0 document grade`. */
export function qrelsOf(text: string): Qrels {
  const qrels = new Map<string, Map<string, number>>();
  for (const [query, , document, grade] of fields(text)) {
    const grades = qrels.get(query as string) ?? new Map<string, number>();
    qrels.set(query as string, grades.set(document as string, Number(grade)));
  }
  return qrels;
}

/** A run from lines of `query Q0 document rank score name`. */
export function runOf(text: string): Run {
  const lists = new Map<string, { ids: string[]; scores: number[] }>();
  for (const [query, , document, , score] of fields(text)) {
    const list = lists.get(query as string) ?? { ids: [], scores: [] };
    list.ids.push(document as string);
    list.scores.push(Number(score));
    lists.set(query as string, list);
  }
  const entries = [...lists].map(
    ([query, { ids, scores }]) => [query, { ids, scores: Float64Array.from(scores) }] as const,
  );
  return { name: "run", lists: new Map(entries) };
}

function fields(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(/[ \t]+/));
}
