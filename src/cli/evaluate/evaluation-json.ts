import type { Evaluation } from "../../evaluate/index.js";
import { comparisonJson } from "../collection/comparison-json.js";

/** An evaluation for programs; figures as doubles, times in milliseconds. */
export function evaluationJson({
  collection,
  depth,
  qrels,
  measures,
  primary,
  systems,
  comparisons,
}: Evaluation) {
  return {
    collection,
    depth,
    queries: qrels.size,
    measures: measures.map(({ name }) => name),
    systems: systems.map(({ name, kind, measured, work }) => ({
      name,
      kind,
      measures: Object.fromEntries(measured.means),
      ...(work && {
        latencyMs: work.latency,
        pairsPerQuery: work.pairs,
        tokensPerQuery: work.tokens,
        truncatedShare: work.truncated,
      }),
    })),
    comparisons: comparisons.map((comparison) => ({
      system: comparison.name,
      against: systems[0]?.name,
      measure: primary.name,
      ...comparisonJson(comparison),
    })),
  };
}
