import type { FittedJudgments } from "../../rerank/pairwise/index.js";
import type { FitSummary } from "./format-fit.js";

/** A document a line, query by query, best first. */
export function* scoreLines({ queries }: FittedJudgments): Generator<string> {
  for (const { id: query, documents } of queries) {
    for (const { id: document, score, standardError, comparisons, undefeated, duplicateOf } of documents) {
      const line = { query, document, score, standardError, comparisons };
      yield `${JSON.stringify({ ...line, ...(undefeated && { undefeated }), ...(duplicateOf !== undefined && { duplicateOf }) })}\n`;
    }
  }
}

/** The summary for programs. */
export function fitJson({ fitted, report, totals, model }: FitSummary, out: string) {
  const { queries, ...counts } = fitted;
  const documents = queries.flatMap((query) => query.documents);
  return {
    model,
    out,
    queries: queries.length,
    documents: documents.length,
    undefeated: documents.filter(({ undefeated }) => undefeated).length,
    unconnectedQueries: queries.filter(({ connected }) => !connected).length,
    ...counts,
    ...report,
    totals: { judges: totals.byJudge(), all: totals.all() },
  };
}
