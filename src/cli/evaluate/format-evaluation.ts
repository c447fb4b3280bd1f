import { type Evaluation, formatValue, type SystemResult } from "../../evaluate/index.js";
import { formatComparisons } from "../collection/format-comparisons.js";
import { msText } from "../terminal/format-number.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { wrapText } from "../terminal/wrap-text.js";

/** An evaluation for people: what was measured, every system's means, and how the models differ. */
export function formatEvaluation(evaluation: Evaluation, columns: number, style: Style): string {
  const { measures, primary, systems, comparisons, qrels } = evaluation;
  const head = ["system", ...measures.map(({ name }) => name), "p50 ms", "pairs"];
  const rows = systems.map((system) => [
    system.name,
    ...measures.map((measure) => formatValue(measure, system.measured.means.get(measure.name) as number)),
    ...work(system),
  ]);
  const heading = wrapText(summary(evaluation), columns).map((line) => `${style.dim(line)}\n`);
  const parts = [heading.join(""), formatTable({ head, rows }, columns, style)];
  if (comparisons.length > 0) {
    const layout = { measure: primary.name, baseline: systems[0]?.name as string };
    parts.push(formatComparisons(comparisons, { ...layout, queries: qrels.size, columns, style }));
  }
  return parts.join("\n");
}

function work({ work }: SystemResult): [string, string] {
  return work === undefined ? ["–", "–"] : [msText(work.latency.p50), String(Math.round(work.pairs))];
}

function summary({ collection, qrels, depth, candidates }: Evaluation): string {
  const answered = candidates.filter(({ documents }) => documents.length > 0);
  const mean = answered.reduce((sum, { documents }) => sum + documents.length, 0) / answered.length;
  const found = answered.length === qrels.size ? "" : ` (${answered.length} with candidates)`;
  const queries = `${qrels.size} judged ${qrels.size === 1 ? "query" : "queries"}${found}`;
  return `${collection}: ${queries}, ${mean.toFixed(0)} candidates each on average, ${depth} at most`;
}
