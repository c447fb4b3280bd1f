import { type JudgedQuery, type Measure, UNJUDGED } from "../measures/measure.js";

/** The measure's value for a ranking of document ids. */
export function quality(measure: Measure, judged: JudgedQuery, ids: readonly string[]): number {
  return measure.compute({ grades: gradesOf(judged, ids), judged });
}

/** The measure's value when the documents stand in the best order there is. */
export function bestQuality(measure: Measure, judged: JudgedQuery, ids: readonly string[]): number {
  return measure.compute({ grades: gradesOf(judged, ids).sort().reverse(), judged });
}

function gradesOf(judged: JudgedQuery, ids: readonly string[]): Float64Array {
  return Float64Array.from(ids, (id) => judged.grades.get(id) ?? UNJUDGED);
}

/** Whether the document is known to be relevant; one without a judgment is not. */
export function isRelevant(judged: JudgedQuery, id: string, relevantFrom: number): boolean {
  return (judged.grades.get(id) ?? UNJUDGED) >= relevantFrom;
}
