import { differenceForest, type ForestRow } from "../charts/difference-forest.js";
import { figure, responsive, type Section, scrolling } from "../figure.js";
import { html, type Markup } from "../html.js";
import { bareP, count, interval, signed } from "../numbers.js";
import { isSignificant, type ReportView } from "../report-view.js";

/** Longer tables start closed. */
const OPEN_ROWS = 8;

/** Differences with intervals as a picture for the first measure, and as a table for all of them. */
export function comparisonsSection(view: ReportView): Section | null {
  const { comparisons } = view.report;
  if (comparisons.length === 0) return null;
  const table = scrolling("Comparisons", comparisonTable(view));
  const many = comparisons.length > OPEN_ROWS;
  const body = html`${forest(view)}${
    many
      ? html`<details><summary>All ${count(comparisons.length)} comparisons</summary>${table}</details>`
      : table
  }`;
  return { id: "differences", title: "Differences", body };
}

function forest(view: ReportView): Markup | null {
  const { headline, primary, series } = view;
  const baselines = new Set(headline.map((comparison) => comparison.baseline));
  const short = (name: string) => series.get(name)?.shortName ?? name;
  const rows = headline.map(
    (comparison): ForestRow => ({
      name:
        baselines.size === 1
          ? short(comparison.system)
          : `${short(comparison.system)} − ${short(comparison.baseline)}`,
      tip: `${comparison.system} minus ${comparison.baseline}`,
      difference: comparison.difference,
      low: comparison.low,
      high: comparison.high,
      significant: isSignificant(comparison),
    }),
  );
  const chart = responsive((width) => differenceForest(rows, primary, width));
  const against = baselines.size === 1 ? html` from <bdi>${[...baselines][0] ?? ""}</bdi>` : null;
  return (
    chart &&
    figure(
      chart,
      html`Difference${against} in ${primary}, averaged over queries, with its 95 % interval. To the right of zero is better.`,
      "A filled mark has p < .05 after Holm; a hollow one may be chance.",
    )
  );
}

function comparisonTable({ report: { comparisons }, series }: ReportView): Markup {
  const short = (name: string) => html`<bdi>${series.get(name)?.shortName ?? name}</bdi>`;
  return html`<table><thead><tr><th scope="col">System</th><th scope="col">against</th><th scope="col">measure</th><th scope="col" class="n">difference</th><th scope="col" class="n">95 % interval</th><th scope="col" class="n">p</th><th scope="col" class="n">p, Holm</th><th scope="col" class="n">wins</th><th scope="col" class="n">ties</th><th scope="col" class="n">losses</th></tr></thead>
<tbody>${comparisons.map(
    (row) =>
      html`<tr><th scope="row">${short(row.system)}</th><td>${short(row.baseline)}</td><td>${row.measure}</td><td class="n">${signed(row.difference)}</td><td class="n">${interval(row.low, row.high)}</td><td class="n">${bareP(row.p)}</td><td class="n">${isSignificant(row) ? html`<b>${bareP(row.pHolm)}</b>` : bareP(row.pHolm)}</td><td class="n">${count(row.wins)}</td><td class="n">${count(row.ties)}</td><td class="n">${count(row.losses)}</td></tr>
`,
  )}</tbody></table>`;
}
