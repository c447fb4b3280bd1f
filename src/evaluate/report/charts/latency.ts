import { scaleLog } from "d3-scale";
import { html, type Markup } from "../html.js";
import { duration, usable } from "../numbers.js";
import type { Series } from "../series.js";
import { mark } from "../series.js";
import { baseAxis, type Tick } from "./axes.js";
import { layOutRows } from "./rows.js";
import { ticksOf, valueScale } from "./scales.js";
import { segment, svg, tooltip } from "./svg.js";

/** Milliseconds per query. */
export interface Latency {
  readonly series: Series;
  readonly p50: number;
  readonly p95: number;
  readonly mean: number;
}

/** Median to 95th percentile per system, the mean as a stroke; logarithmic where systems differ much. */
export function latencyChart(all: readonly Latency[], width: number): Markup | null {
  const rows = all.filter((row) => [row.p50, row.p95].every((ms) => usable(ms) && ms >= 0));
  if (rows.length === 0) return null;
  const { frame, middles, text } = layOutRows(
    rows.map((row) => ({ name: row.series.shortName, tip: row.series.name, value: written(row) })),
    width,
    "p50 · p95",
  );
  const { x, ticks } = scaleOf(
    rows.flatMap((row) => [row.p50, row.p95, ...(usable(row.mean) ? [row.mean] : [])]),
    [frame.left, frame.right],
    Math.floor((frame.right - frame.left) / 64),
  );
  const marks = rows.map((row, index) => {
    const y = middles[index] as number;
    const mean = usable(row.mean) && row.mean >= 0 ? x(row.mean) : null;
    return html`<g class="${row.series.className}">${tooltip(tip(row))}${segment(x(row.p50), y, x(row.p95), y, "bar")}${segment(x(row.p95), y - 5, x(row.p95), y + 5, "cap")}${
      mean !== null && segment(mean, y - 7, mean, y + 7, "mean")
    }${mark(row.series, x(row.p50), y, 64)}</g>`;
  });
  return svg(
    width,
    frame.bottom + 24,
    `Latency per query. ${rows.map(tip).join("; ")}.`,
    ticks.map(({ at }) => segment(at, frame.top, at, frame.bottom, "grid")),
    baseAxis(ticks, frame),
    marks,
    text,
  );
}

function scaleOf(values: readonly number[], range: readonly [number, number], number: number) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low > 0 && high / low > 40 && high / low < 1e9) {
    const x = scaleLog([low, high], range).nice();
    const powers = x.ticks(number).filter((tick) => Number.isInteger(Math.log10(tick)));
    return { x, ticks: powers.map((tick): Tick => ({ at: x(tick), text: axisText(tick) })) };
  }
  const x = valueScale([0, ...values], range, 1);
  return { x, ticks: ticksOf(x, number).map((tick): Tick => ({ at: tick.at, text: `${tick.text} ms` })) };
}

function axisText(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}

function written(row: Latency): string {
  return `${duration(row.p50)} · ${duration(row.p95)}`;
}

function tip(row: Latency): string {
  return `${row.series.name}: p50 ${duration(row.p50)}, p95 ${duration(row.p95)}, mean ${duration(row.mean)}`;
}
