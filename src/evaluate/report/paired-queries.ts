import type { QueryDifference } from "./charts/query-differences.js";
import type { Comparison } from "./evaluation-report.js";
import { usable } from "./numbers.js";
import type { ReportView } from "./report-view.js";

/** The queries that both systems of a comparison answer, with both values. */
export function pairedQueries(view: ReportView, comparison: Comparison): QueryDifference[] {
  const baseline = valuesOf(view, comparison.baseline, comparison.measure);
  const pairs: QueryDifference[] = [];
  for (const [query, system] of valuesOf(view, comparison.system, comparison.measure)) {
    const other = baseline.get(query);
    if (usable(other)) pairs.push({ query, baseline: other, system });
  }
  return pairs;
}

function valuesOf(view: ReportView, name: string, measure: string): ReadonlyMap<string, number> {
  const perQuery = view.systems.get(name)?.perQuery;
  const values = perQuery?.values[measure] ?? [];
  const known = new Map<string, number>();
  for (const [index, query] of (perQuery?.queries ?? []).entries()) {
    const value = values[index];
    if (usable(value)) known.set(query, value);
  }
  return known;
}
