import { line } from "d3-shape";
import { html, type Markup } from "../html.js";
import { count, measureValue, usable } from "../numbers.js";
import { mark, type Series } from "../series.js";
import { baseAxis, FRAME_TOP, valueAxis } from "./axes.js";
import { type LineEnd, labelRoom, lineLabels } from "./line-labels.js";
import { NARROW } from "./rows.js";
import { depthScale, ticksOf, valueScale } from "./scales.js";
import { label, segment, svg, tooltip } from "./svg.js";

export interface Curve {
  readonly series: Series;
  /** Depths ascending; finite. At least one. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly depth: number;
  readonly value: number;
}

export interface DepthCurves {
  readonly measure: string;
  readonly curves: readonly Curve[];
  /** The first stage's own value, drawn as a level line. */
  readonly firstStage: { readonly series: Series; readonly value: number } | null;
}

/** A measure against the number of candidates that are re-ranked, one line per system. */
export function depthCurveChart({ measure, curves, firstStage }: DepthCurves, width: number): Markup | null {
  if (curves.length === 0) return null;
  const narrow = width < NARROW;
  const named = [
    ...curves.map((curve) => curve.series.shortName),
    ...(firstStage ? [firstStage.series.shortName] : []),
  ];
  const room = labelRoom(named, width);
  const plot = narrow ? 250 : Math.max(310, named.length * 24);
  const frame = { left: 46, right: width - room.right, top: FRAME_TOP, bottom: plot };
  const points = curves.flatMap((curve) => curve.points);
  const depths = [...new Set(points.map((point) => point.depth))].sort((a, b) => a - b);
  const x = depthScale(depths, [frame.left + 8, frame.right - 4]);
  const y = valueScale(
    [...points.map((point) => point.value), ...(firstStage ? [firstStage.value] : [])],
    [frame.bottom, frame.top],
    0.02,
  );
  const ends: LineEnd[] = curves.map(({ series, points }) => {
    const last = points.at(-1) as CurvePoint;
    return { ...naming(series, last.value), y: y(last.value) };
  });
  if (firstStage) ends.push({ ...naming(firstStage.series, firstStage.value), y: y(firstStage.value) });
  const base = frame.bottom + 40;
  return svg(
    width,
    base + (narrow ? room.below + 4 : 0),
    `${measure} against the number of candidates re-ranked. ${ends.map((end) => `${end.tip} ends at ${end.value}`).join("; ")}.`,
    valueAxis(ticksOf(y, 5), frame, measure),
    baseAxis(
      depths.map((depth) => ({ at: x(depth), text: count(depth) })),
      frame,
    ),
    label((frame.left + frame.right) / 2, frame.bottom + 36, "candidates re-ranked, N", "note middle"),
    firstStage &&
      html`<g class="${firstStage.series.className}">${segment(frame.left, y(firstStage.value), frame.right, y(firstStage.value), "level")}</g>`,
    curves.map((curve) => drawCurve(curve, x, y)),
    lineLabels(ends, frame, width, base + 8),
  );
}

function naming(series: Series, value: number): Omit<LineEnd, "y"> {
  const { className, shortName, name } = series;
  return { className, series, name: shortName, tip: name, value: measureValue(value) };
}

function drawCurve(
  { series, points }: Curve,
  x: (depth: number) => number,
  y: (value: number) => number,
): Markup {
  const path = line<CurvePoint>(
    (point) => x(point.depth),
    (point) => y(point.value),
  );
  const marks = points.map(
    (point) =>
      html`<g>${tooltip(`${series.shortName} at N = ${count(point.depth)}: ${measureValue(point.value)}`)}${mark(series, x(point.depth), y(point.value), 52)}</g>`,
  );
  return html`<g class="${series.className}"><path class="line" d="${path(points as CurvePoint[]) ?? ""}"/>${marks}</g>`;
}

/** Points that can be drawn, by ascending depth. */
export function curvePoints(depths: readonly number[], values: readonly number[]): CurvePoint[] {
  return depths
    .map((depth, index) => ({ depth, value: values[index] ?? Number.NaN }))
    .filter((point) => usable(point.depth) && usable(point.value))
    .sort((a, b) => a.depth - b.depth);
}
