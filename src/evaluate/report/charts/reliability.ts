import { line } from "d3-shape";
import type { ReliabilityBin } from "../evaluation-report.js";
import { html, type Markup } from "../html.js";
import { count, percent, usable } from "../numbers.js";
import { baseAxis, FRAME_TOP, valueAxis } from "./axes.js";
import { ticksOf, valueScale } from "./scales.js";
import { label, segment, svg, tooltip } from "./svg.js";
import { textWidth } from "./text-width.js";

/** The plot grows to this many pixels and no further: it is nearly square. */
const WIDEST = 520;

/**
 * Observed against predicted relevance, with the interval of each bin, and below it how many pairs each bin
 * holds. Bins that lack a value are left out; `null` where none is left.
 */
export function reliabilityChart(
  system: string,
  all: readonly ReliabilityBin[],
  width: number,
): Markup | null {
  const bins = all
    .filter((bin) => usable(bin.predicted) && usable(bin.observed) && usable(bin.count) && bin.count > 0)
    .sort((a, b) => a.predicted - b.predicted);
  if (bins.length === 0) return null;
  const right = Math.min(width, WIDEST) - 12;
  const frame = { left: 46, right, top: FRAME_TOP, bottom: FRAME_TOP + (right - 46) * 0.84 };
  const counts = { left: frame.left, right, top: frame.bottom + 14, bottom: frame.bottom + 64 };
  const ends = bins.flatMap((bin) => [bin.observed, bin.low, bin.high, bin.predicted]).filter(usable);
  const x = valueScale([0, 1, ...ends], [frame.left, frame.right], 1);
  const y = valueScale([0, 1, ...ends], [frame.bottom, frame.top], 1);
  const largest = Math.max(...bins.map((bin) => bin.count));
  const tall = (number: number) => counts.bottom - (number / largest) * (counts.bottom - counts.top - 12);
  const path = line<ReliabilityBin>(
    (bin) => x(bin.predicted),
    (bin) => y(bin.observed),
  );
  const points = bins.map((bin) => {
    const at = x(bin.predicted);
    const whisker =
      usable(bin.low) && usable(bin.high) && segment(at, y(bin.low), at, y(bin.high), "whisker");
    return html`<g>${tooltip(binTip(bin))}${whisker}<circle cx="${at}" cy="${y(bin.observed)}" r="4" class="dot"/></g>`;
  });
  const stems = bins.map(
    (bin) =>
      html`<g>${tooltip(binTip(bin))}<line x1="${x(bin.predicted)}" y1="${counts.bottom}" x2="${x(bin.predicted)}" y2="${tall(bin.count)}" class="pairs"/></g>`,
  );
  return svg(
    width,
    counts.bottom + 42,
    `Reliability of ${system}: ${bins.map(binTip).join("; ")}.`,
    valueAxis(ticksOf(y, 5), frame, "share that is relevant"),
    segment(x(0), y(0), x(1), y(1), "diagonal"),
    label(x(0.04), y(0.93), "predicts too low", "note"),
    label(x(0.97), y(0.05), "predicts too high", "note end"),
    html`<path class="line faint" d="${path(bins) ?? ""}"/>`,
    points,
    stems,
    countLabels(bins, x, tall),
    baseAxis(ticksOf(x, 5), counts),
    label(counts.left - 8, counts.bottom - 2, "pairs", "note end"),
    label((frame.left + frame.right) / 2, counts.bottom + 38, "predicted probability", "note middle"),
  );
}

function binTip(bin: ReliabilityBin): string {
  const range =
    usable(bin.low) && usable(bin.high) ? ` (95 % interval ${percent(bin.low)} to ${percent(bin.high)})` : "";
  return `predicted ${percent(bin.predicted)}, relevant ${percent(bin.observed)}${range}, ${count(bin.count)} pairs`;
}

/** The counts in figures, largest bins first, where they have room. */
function countLabels(
  bins: readonly ReliabilityBin[],
  x: (value: number) => number,
  tall: (value: number) => number,
): Markup[] {
  const placed: { from: number; to: number; text: Markup }[] = [];
  for (const bin of [...bins].sort((a, b) => b.count - a.count || a.predicted - b.predicted)) {
    const text = count(bin.count);
    const half = textWidth(text, 11) / 2 + 3;
    const at = x(bin.predicted);
    if (placed.some((other) => at + half > other.from && at - half < other.to)) continue;
    placed.push({
      from: at - half,
      to: at + half,
      text: label(at, tall(bin.count) - 4, text, "tick small middle"),
    });
  }
  return placed.map((place) => place.text);
}
