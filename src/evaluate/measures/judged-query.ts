import type { JudgedQuery } from "./measure.js";

/** Prepares the judgments of one query for measuring. */
export function judgedQuery(grades: ReadonlyMap<string, number>): JudgedQuery {
  return { grades, ideal: [...grades.values()].sort((a, b) => b - a) };
}

/** How many documents are judged with a grade of `rel` or more, retrieved or not. */
export function countRelevant({ ideal }: JudgedQuery, rel: number): number {
  let count = 0;
  while (count < ideal.length && (ideal[count] as number) >= rel) count++;
  return count;
}

/** How many of the first `cutoff` documents have a grade of `rel` or more. */
export function countRetrieved(grades: Float64Array, rel: number, cutoff: number): number {
  const end = Math.min(cutoff, grades.length);
  let count = 0;
  for (let i = 0; i < end; i++) if ((grades[i] as number) >= rel) count++;
  return count;
}
