import type { ReportedSystem } from "../evaluation-report.js";
import { type Section, scrolling } from "../figure.js";
import { html, type Markup } from "../html.js";
import { average, duration, MISSING, measureValue, percent, usable } from "../numbers.js";
import { isSignificant, type ReportView } from "../report-view.js";
import { markIcon } from "../series.js";

/** Every system with every measure, then what each costs. */
export function summarySection(view: ReportView): Section | null {
  if (view.report.systems.length === 0) return null;
  return { id: "summary", title: "Summary", body: html`${measuresTable(view)}${costTable(view)}` };
}

function measuresTable(view: ReportView): Markup | null {
  const { measures, systems } = view.report;
  if (measures.length === 0) return null;
  const best = new Map(
    measures.map((measure) => [
      measure,
      Math.max(...systems.map((system) => system.means[measure]).filter(usable)),
    ]),
  );
  const table = html`<table><thead><tr><th scope="col">System</th>${measures.map((measure) => html`<th scope="col" class="n">${measure}</th>`)}</tr></thead>
<tbody>${systems.map(
    (system) =>
      html`<tr>${systemCell(view, system)}${measures.map((measure) => {
        const value = system.means[measure];
        const text = measureValue(value);
        const top = usable(value) && value === best.get(measure);
        return html`<td class="n">${change(view, system.name, measure)}${top ? html`<b>${text}</b>` : text}</td>`;
      })}</tr>
`,
  )}</tbody></table>`;
  const arrows = view.firstStage !== null && view.report.comparisons.length > 0;
  return html`${scrolling("Measures by system", table)}
<p class="key">Bold: highest of its column.${arrows && " ▲ ▼: above or below the first stage with p < .05 after Holm."}</p>`;
}

/** An arrow where the system differs from the first stage. */
function change(view: ReportView, system: string, measure: string): Markup | null {
  const found = view.report.comparisons.find(
    (comparison) =>
      comparison.system === system &&
      comparison.measure === measure &&
      comparison.baseline === view.firstStage?.name,
  );
  if (!found || !isSignificant(found) || !usable(found.difference) || found.difference === 0) return null;
  return found.difference > 0
    ? html`<span class="up" role="img" aria-label="significantly higher">▲</span> `
    : html`<span class="down" role="img" aria-label="significantly lower">▼</span> `;
}

interface CostColumn {
  readonly head: string;
  /** The figure as text; "" where the system has none. */
  readonly of: (system: ReportedSystem) => string;
}

const COSTS: readonly CostColumn[] = [
  { head: "p50", of: (system) => known(system.latency?.p50, duration) },
  { head: "p95", of: (system) => known(system.latency?.p95, duration) },
  { head: "mean", of: (system) => known(system.latency?.mean, duration) },
  { head: "pairs / query", of: (system) => known(system.pairsPerQuery, average) },
  { head: "tokens / query", of: (system) => known(system.tokensPerQuery, average) },
  { head: "truncated", of: (system) => known(system.truncatedShare, percent) },
];

function known(value: number | undefined, write: (value: number) => string): string {
  return usable(value) ? write(value) : "";
}

function costTable(view: ReportView): Markup | null {
  const columns = COSTS.filter(({ of }) => view.report.systems.some((system) => of(system) !== ""));
  const rows = view.report.systems.filter((system) => columns.some(({ of }) => of(system) !== ""));
  if (rows.length === 0) return null;
  const table = html`<table><thead><tr><th scope="col">Cost</th>${columns.map(({ head }) => html`<th scope="col" class="n">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (system) =>
      html`<tr>${systemCell(view, system, false)}${columns.map(({ of }) => html`<td class="n">${of(system) || MISSING}</td>`)}</tr>
`,
  )}</tbody></table>`;
  return html`${scrolling("Cost by system", table)}
<p class="key">p50, p95, mean: time per query. Truncated: share of candidates that were longer than the model reads.</p>`;
}

/** The system's mark and short name; below it the whole name or the model's id, where that says more. */
function systemCell(view: ReportView, system: ReportedSystem, withModel = true): Markup {
  const series = view.series.get(system.name);
  const name = series?.shortName ?? system.name;
  const model = system.model ?? system.name;
  return html`<th scope="row"><span class="who">${series ? markIcon(series) : null}<bdi>${name}</bdi></span>${withModel && model !== name && html`<span class="sub">${model}</span>`}</th>`;
}
