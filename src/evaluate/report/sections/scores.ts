import { scoreDistributionChart } from "../charts/score-distributions.js";
import { figure, panels, type Section } from "../figure.js";
import type { ReportView } from "../report-view.js";
import { panelTitle } from "./panel-title.js";

/** One panel of score distributions per system. */
export function scoresSection(view: ReportView): Section | null {
  const picture = panels(
    (view.report.scores ?? []).map((scores) => ({
      title: panelTitle(view, scores.system),
      className: view.series.get(scores.system)?.className ?? "s0",
      draw: (width: number) => scoreDistributionChart(scores, width),
    })),
  );
  if (!picture) return null;
  const body = figure(
    picture,
    "Scores of relevant documents stand above the line, those of all other candidates below it, each as a share of its own group.",
    "The less the two overlap from left to right, the better one threshold on the score separates them, across queries.",
  );
  return { id: "scores", title: "Scores", body };
}
