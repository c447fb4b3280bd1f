import { html, type Markup } from "../html.js";
import { interval, signed, usable } from "../numbers.js";
import { baseAxis } from "./axes.js";
import { layOutRows, NARROW } from "./rows.js";
import { ticksOf, valueScale } from "./scales.js";
import { segment, svg, tooltip } from "./svg.js";

export interface ForestRow {
  readonly name: string;
  readonly tip: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Whether p after Holm is below .05: a filled mark. */
  readonly significant: boolean;
}

/** Differences with their 95 % intervals, one row each, around a line at zero. */
export function differenceForest(all: readonly ForestRow[], measure: string, width: number): Markup | null {
  const rows = all.filter((row) => usable(row.difference));
  if (rows.length === 0) return null;
  const narrow = width < NARROW;
  const { frame, middles, text } = layOutRows(
    rows.map((row) => ({ ...row, value: narrow ? signed(row.difference) : written(row) })),
    width,
    narrow ? "difference" : "difference (95 % interval)",
  );
  const ends = rows.flatMap((row) => [row.difference, row.low, row.high]).filter(usable);
  const x = valueScale([0, ...ends], [frame.left, frame.right], 0.01);
  const ticks = ticksOf(x, Math.floor((frame.right - frame.left) / 52), true);
  const marks = rows.map((row, index) => {
    const y = middles[index] as number;
    const tone = row.difference > 0 ? "win" : row.difference < 0 ? "loss" : "tie";
    const line = usable(row.low) && usable(row.high) ? segment(x(row.low), y, x(row.high), y, "bar") : null;
    const dot = html`<circle cx="${x(row.difference)}" cy="${y}" r="5" class="${row.significant ? "dot" : "dot hollow"}"/>`;
    return html`<g class="${tone}">${tooltip(`${row.tip}: ${written(row)}`)}${line}${dot}</g>`;
  });
  return svg(
    width,
    frame.bottom + 24,
    `Differences in ${measure} with 95 % intervals. ${rows.map((row) => `${row.tip}: ${written(row)}`).join("; ")}.`,
    ticks.map(({ at }) => segment(at, frame.top, at, frame.bottom, "grid")),
    segment(x(0), frame.top, x(0), frame.bottom, "zero"),
    baseAxis(ticks, frame),
    marks,
    text,
  );
}

function written(row: ForestRow): string {
  const range = interval(row.low, row.high);
  return usable(row.low) && usable(row.high)
    ? `${signed(row.difference)}  (${range})`
    : signed(row.difference);
}
