import { html, type Markup } from "../html.js";
import type { ReportView } from "../report-view.js";
import { markIcon } from "../series.js";

/** A system's mark and name above a panel, and figures that belong to it. */
export function panelTitle(view: ReportView, system: string, figures = ""): Markup {
  const series = view.series.get(system);
  return html`<span class="who">${series ? markIcon(series) : null}<bdi>${system}</bdi></span>${figures !== "" && html`<span class="sub">${figures}</span>`}`;
}
