import { reliabilityChart } from "../charts/reliability.js";
import { figure, panels, type Section } from "../figure.js";
import { measureValue } from "../numbers.js";
import type { ReportView } from "../report-view.js";
import { panelTitle } from "./panel-title.js";

/** One reliability diagram per system with probabilities. */
export function reliabilitySection(view: ReportView): Section | null {
  const picture = panels(
    (view.report.reliability ?? []).map(({ system, bins, ece, brier }) => ({
      title: panelTitle(view, system, `ECE ${measureValue(ece)} · Brier ${measureValue(brier)}`),
      className: view.series.get(system)?.className ?? "s0",
      draw: (width: number) => reliabilityChart(system, bins, width),
    })),
  );
  if (!picture) return null;
  const body = figure(
    picture,
    "Pairs are grouped by predicted probability. Each point is the share of its group that is relevant, with a 95 % interval; on the diagonal, a prediction of 0.7 is right 7 times in 10.",
    "The strip below counts the pairs of each group. ECE is the mean distance from the diagonal, weighted by these counts; Brier is the mean squared error of the probabilities. Both are better when smaller.",
  );
  return { id: "reliability", title: "Reliability", body };
}
