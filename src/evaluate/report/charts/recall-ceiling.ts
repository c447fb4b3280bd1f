import { area, line } from "d3-shape";
import { html, type Markup } from "../html.js";
import { count, measureValue } from "../numbers.js";
import type { Series } from "../series.js";
import { baseAxis, FRAME_TOP, valueAxis } from "./axes.js";
import type { CurvePoint } from "./depth-curve.js";
import { type LineEnd, labelRoom, lineLabels } from "./line-labels.js";
import { NARROW } from "./rows.js";
import { depthScale, ticksOf, valueScale } from "./scales.js";
import { label, segment, svg, tooltip } from "./svg.js";

export interface RecallCeiling {
  readonly measure: string;
  /** By ascending depth; finite. */
  readonly recall: readonly CurvePoint[];
  readonly bestPossible: readonly CurvePoint[];
  /** What is reached today: the first stage and the best model. */
  readonly reached: readonly { readonly series: Series; readonly value: number }[];
}

/** Recall of the first stage and the best value any re-ranker could reach, by depth. */
export function recallCeilingChart(data: RecallCeiling, width: number): Markup | null {
  const points = [...data.recall, ...data.bestPossible];
  if (points.length === 0) return null;
  const narrow = width < NARROW;
  const best = `best possible ${data.measure}`;
  const names = [best, "Recall@N", ...data.reached.map((level) => level.series.shortName)];
  const room = labelRoom(names, width);
  const frame = { left: 46, right: width - room.right, top: FRAME_TOP, bottom: narrow ? 250 : 310 };
  const depths = [...new Set(points.map((point) => point.depth))].sort((a, b) => a - b);
  const x = depthScale(depths, [frame.left + 8, frame.right - 4]);
  const levels = data.reached.map((level) => level.value);
  const y = valueScale(
    [0, 1, ...points.map((point) => point.value), ...levels],
    [frame.bottom, frame.top],
    1,
  );
  const path = line<CurvePoint>(
    (point) => x(point.depth),
    (point) => y(point.value),
  );
  const curve = (points: readonly CurvePoint[], name: string, className: string) =>
    html`<g class="${className}"><path class="line" d="${path(points as CurvePoint[]) ?? ""}"/>${points.map(
      ({ depth, value }) =>
        html`<circle cx="${x(depth)}" cy="${y(value)}" r="3.5" class="dot">${tooltip(`${name} at N = ${count(depth)}: ${measureValue(value)}`)}</circle>`,
    )}</g>`;
  const ends: LineEnd[] = [];
  for (const [name, className, last] of [
    [best, "s-best", data.bestPossible.at(-1)],
    ["Recall@N", "s-recall", data.recall.at(-1)],
  ] as const) {
    if (last) {
      ends.push({
        name,
        tip: name,
        value: measureValue(last.value),
        y: y(last.value),
        className,
        series: null,
      });
    }
  }
  for (const { series, value } of data.reached) {
    const { className, shortName, name } = series;
    ends.push({ className, series, name: shortName, tip: name, value: measureValue(value), y: y(value) });
  }
  const base = frame.bottom + 40;
  return svg(
    width,
    base + (narrow ? room.below + 4 : 0),
    `Recall of the first stage and ${best} by depth. ${ends.map((end) => `${end.tip}: ${end.value}`).join("; ")}.`,
    valueAxis(ticksOf(y, 5), frame, `Recall@N, ${data.measure}`),
    baseAxis(
      depths.map((depth) => ({ at: x(depth), text: count(depth) })),
      frame,
    ),
    label(
      (frame.left + frame.right) / 2,
      frame.bottom + 36,
      "candidates from the first stage, N",
      "note middle",
    ),
    levels.length > 0 && headroom(data.bestPossible, Math.max(...levels), x, y),
    data.reached.map(
      ({ series, value }) =>
        html`<g class="${series.className}">${segment(frame.left, y(value), frame.right, y(value), "level")}</g>`,
    ),
    curve(data.recall, "Recall", "s-recall"),
    curve(data.bestPossible, best, "s-best"),
    lineLabels(ends, frame, width, base + 8),
  );
}

/** What a better re-ranker could still gain: the area between the best system and the best possible. */
function headroom(
  best: readonly CurvePoint[],
  reached: number,
  x: (depth: number) => number,
  y: (value: number) => number,
): Markup {
  const path = area<CurvePoint>(
    (point) => x(point.depth),
    y(reached),
    (point) => y(Math.max(reached, point.value)),
  );
  return html`<path class="headroom" d="${path(best as CurvePoint[]) ?? ""}"/>`;
}
