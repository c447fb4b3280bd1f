import { type Curve, type CurvePoint, curvePoints, depthCurveChart } from "../charts/depth-curve.js";
import { figure, responsive, type Section } from "../figure.js";
import { html, type Markup } from "../html.js";
import { count, measureValue, usable } from "../numbers.js";
import type { ReportView } from "../report-view.js";

/** The primary measure against depth, and where more depth costs. */
export function depthSection(view: ReportView): Section | null {
  const { report, series, firstStage, primary } = view;
  const curves = (report.depthCurves ?? []).flatMap((curve): Curve[] => {
    const look = series.get(curve.system);
    const points = curvePoints(curve.depths, curve.values);
    return look && points.length > 0 ? [{ series: look, points }] : [];
  });
  const look = firstStage && series.get(firstStage.name);
  const value = firstStage?.means[primary];
  const level = look && usable(value) ? { series: look, value } : null;
  const chart = responsive((width) =>
    depthCurveChart({ measure: primary, curves, firstStage: level }, width),
  );
  if (!chart) return null;
  const body = figure(
    chart,
    html`${primary} when only the first N candidates are re-ranked and the rest keep their places.${level && " The dashed line is the first stage alone."} The vertical axis does not begin at zero.`,
    "A line that rises wants more candidates; one that is flat wastes time; one that falls is misled by documents that the first stage ranked low for good reason.",
    ...curves.map(turningPoint),
  );
  return { id: "depth", title: "Depth", body };
}

/** Says so where the largest depth is not the best one. */
function turningPoint({ series, points }: Curve): Markup | null {
  const last = points.at(-1) as CurvePoint;
  const best = points.reduce((top, point) => (point.value > top.value ? point : top));
  if (best.value - last.value < 0.001) return null;
  return html`<bdi>${series.shortName}</bdi> peaks at N\u00A0=\u00A0${count(best.depth)} with ${measureValue(best.value)}; at N\u00A0=\u00A0${count(last.depth)} it is ${measureValue(best.value - last.value)} lower.`;
}
