import type { Qrels } from "../collection/qrels.js";
import type { Measure } from "../measures/measure.js";
import { measureRun } from "../measures/measure-run.js";
import { parseMeasure } from "../measures/parse-measure.js";
import { orderRun } from "./order-run.js";
import type { QueryCandidates } from "./rerank-queries.js";

export interface RecallCeiling {
  readonly depths: readonly number[];
  /** Recall@N of the first stage, one value a depth. */
  readonly recall: readonly number[];
  /** What a perfect reranker of the first N candidates would reach, one value a depth. */
  readonly best: readonly number[];
}

/** What no reranker can pass: a document that the first stage did not find cannot be put on top. */
export function recallCeiling(
  queries: readonly QueryCandidates[],
  qrels: Qrels,
  measure: Measure,
  depths: readonly number[],
  relevanceLevel = 1,
): RecallCeiling {
  const recall: number[] = [];
  const best: number[] = [];
  for (const depth of depths) {
    const cut = queries.map((each) => ({ ...each, documents: each.documents.slice(0, depth) }));
    const gradeOf = (id: string, query: string) => qrels.get(query)?.get(id);
    const run = orderRun("best possible", cut, (id, _, query) => gradeOf(id, query) ?? -0.5);
    const found = parseMeasure(`R(rel=${relevanceLevel})@${depth}`);
    const { means } = measureRun(run, qrels, [measure, found]);
    best.push(means.get(measure.name) as number);
    recall.push(means.get(found.name) as number);
  }
  return { depths, recall, best };
}
