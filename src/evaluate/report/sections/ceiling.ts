import { type CurvePoint, curvePoints } from "../charts/depth-curve.js";
import { recallCeilingChart } from "../charts/recall-ceiling.js";
import type { ReportedSystem } from "../evaluation-report.js";
import { figure, responsive, type Section } from "../figure.js";
import { html, type Markup } from "../html.js";
import { count, measureValue, percent, usable } from "../numbers.js";
import type { ReportView } from "../report-view.js";

/** What the first stage leaves possible, and how much of it is reached. */
export function ceilingSection(view: ReportView): Section | null {
  const { ceiling } = view.report;
  if (!ceiling) return null;
  const recall = curvePoints(ceiling.depths, ceiling.recall);
  const bestPossible = curvePoints(ceiling.depths, ceiling.bestPossible);
  const reached = [view.firstStage, view.bestModel].flatMap((system) => level(view, system));
  const chart = responsive((width) =>
    recallCeilingChart({ measure: view.primary, recall, bestPossible, reached }, width),
  );
  if (!chart) return null;
  const body = figure(
    chart,
    html`A re-ranker cannot find what the first stage did not. Recall@N is the share of relevant documents among the first N candidates; the upper line is the ${view.primary} of a perfect order of them.`,
    "The shaded area is what a better re-ranker could still gain. Where the upper line itself is low, improve the first stage.",
    shareReached(view, bestPossible.at(-1)),
  );
  return { id: "ceiling", title: "Recall ceiling", body };
}

function level(view: ReportView, system: ReportedSystem | null) {
  const series = system && view.series.get(system.name);
  const value = system?.means[view.primary];
  return series && usable(value) ? [{ series, value }] : [];
}

/** How much of the way from the first stage to the ceiling the best model goes. */
function shareReached(view: ReportView, last: CurvePoint | undefined): Markup | null {
  const first = view.firstStage?.means[view.primary];
  const best = view.bestModel?.means[view.primary];
  if (!view.bestModel || !last || !usable(first) || !usable(best) || last.value - first < 0.0001) return null;
  const share = (best - first) / (last.value - first);
  if (share < 0 || share > 1) return null;
  return html`<bdi>${view.bestModel.name}</bdi> goes ${percent(share)} of the way from the first stage (${measureValue(first)}) to the best possible at N\u00A0=\u00A0${count(last.depth)} (${measureValue(last.value)}).`;
}
