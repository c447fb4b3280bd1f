import { queryDifferencesChart } from "../charts/query-differences.js";
import type { Comparison } from "../evaluation-report.js";
import { figure, panels, type Section } from "../figure.js";
import { html, type Markup } from "../html.js";
import { pairedQueries } from "../paired-queries.js";
import type { ReportView } from "../report-view.js";

/** Per-query differences of each comparison. */
export function queryDifferencesSection(view: ReportView): Section | null {
  const { headline, primary } = view;
  const pairs = headline.map((comparison) => pairedQueries(view, comparison));
  const differences = pairs.flat().map((query) => query.system - query.baseline);
  const reach = [
    differences.reduce((a, b) => Math.min(a, b), 0),
    differences.reduce((a, b) => Math.max(a, b), 0),
  ];
  const picture = panels(
    headline.map((comparison, index) => {
      const queries = pairs[index] ?? [];
      return {
        title: pairTitle(view, comparison),
        draw: (width: number) => queryDifferencesChart({ ...comparison, queries, reach }, width),
      };
    }),
  );
  if (!picture) return null;
  const body = figure(
    picture,
    html`Difference in ${primary}, query by query. Each bar is one query (or a few neighbours, where there are many), from the largest gain to the largest loss. The strip below counts them.`,
    "The line is the mean difference, the shaded band its 95 % interval. A mean carried by a few long bars is worth less than one carried by many.",
  );
  return { id: "queries", title: "Query by query", body };
}

function pairTitle({ series }: ReportView, { system, baseline }: Comparison): Markup {
  const short = (name: string) => html`<bdi>${series.get(name)?.shortName ?? name}</bdi>`;
  return html`${short(system)} − ${short(baseline)}`;
}
