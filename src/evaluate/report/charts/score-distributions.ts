import { scaleLinear } from "d3-scale";
import { area, curveStepAfter } from "d3-shape";
import type { ScoreDistribution } from "../evaluation-report.js";
import { html, type Markup } from "../html.js";
import { count, percent, usable } from "../numbers.js";
import { baseAxis, FRAME_TOP, valueAxis } from "./axes.js";
import { ticksOf } from "./scales.js";
import { label, segment, svg } from "./svg.js";

/**
 * Scores of relevant documents upwards and of all others downwards, each as a share of its own class. `null`
 * where the histogram is empty or contradicts itself.
 */
export function scoreDistributionChart(data: ScoreDistribution, width: number): Markup | null {
  const { edges, relevant, other, system } = data;
  const [low, high] = [edges[0], edges.at(-1)];
  const bins = edges.length - 1;
  if (!usable(low) || !usable(high) || !(low < high) || relevant.length !== bins || other.length !== bins)
    return null;
  if (!edges.every((edge, index) => usable(edge) && (index === 0 || edge >= (edges[index - 1] as number))))
    return null;
  if (![...relevant, ...other].every((number) => usable(number) && number >= 0)) return null;
  const up = shares(relevant);
  const down = shares(other);
  const most = Math.max(...up.parts, ...down.parts);
  if (most === 0) return null;
  const frame = { left: 46, right: width - 12, top: FRAME_TOP, bottom: 250 };
  const x = scaleLinear([low, high], [frame.left, frame.right]);
  const y = scaleLinear([-most * 1.3, most * 1.3], [frame.bottom, frame.top]);
  const steps = (parts: readonly number[], direction: 1 | -1) =>
    area<number>()
      .x((_, index) => x(edges[index] as number))
      .y0(y(0))
      .y1((part) => y(direction * part))
      .curve(curveStepAfter)([...parts, 0]) ?? "";
  const ticks = y
    .ticks(5)
    .map((tick) => ({ at: y(tick), text: `${Number(Math.abs(tick * 100).toPrecision(3))} %` }));
  const relevantText = `${count(up.total)} relevant`;
  const otherText = `${count(down.total)} other`;
  return svg(
    width,
    292,
    `Scores of ${system}: ${relevantText}, ${peak(up.parts, edges)}; ${otherText}, ${peak(down.parts, edges)}.`,
    valueAxis(ticks, frame, "share of its group"),
    html`<path class="relevant" d="${steps(up.parts, 1)}"/><path class="other" d="${steps(down.parts, -1)}"/>`,
    segment(frame.left, y(0), frame.right, y(0), "axis"),
    corner(up.parts, relevantText, frame.top + 10, frame.left + 6, frame.right - 4),
    corner(down.parts, otherText, frame.bottom - 8, frame.left + 6, frame.right - 4),
    baseAxis(ticksOf(x, 5), frame),
    label((frame.left + frame.right) / 2, 288, "score", "note middle"),
  );
}

function shares(counts: readonly number[]): { readonly total: number; readonly parts: readonly number[] } {
  const total = counts.reduce((sum, number) => sum + number, 0);
  return { total, parts: counts.map((number) => (total > 0 ? number / total : 0)) };
}

/** The name of a class, on the side where it has less mass. */
function corner(parts: readonly number[], text: string, y: number, left: number, right: number): Markup {
  const half = parts.length / 2;
  const lower = parts.reduce((sum, part, index) => sum + (index + 0.5 < half ? part : -part), 0);
  return lower > 0 ? label(right, y, text, "name end halo") : label(left, y, text, "name halo");
}

function peak(parts: readonly number[], edges: readonly number[]): string {
  const at = parts.indexOf(Math.max(...parts));
  const round = (value: number | undefined) => String(Number((value ?? 0).toPrecision(3)));
  return `most between ${round(edges[at])} and ${round(edges[at + 1])} (${percent(parts[at])})`;
}
