import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { baseAxis, FRAME_TOP, type Frame, TICK_SIZE, valueAxis } from "../../evaluate/report/charts/axes.js";
import { NARROW } from "../../evaluate/report/charts/rows.js";
import { ticksOf, valueScale } from "../../evaluate/report/charts/scales.js";
import { label, svg, tooltip } from "../../evaluate/report/charts/svg.js";
import { textWidth } from "../../evaluate/report/charts/text-width.js";
import { html, type Markup } from "../../evaluate/report/html.js";
import { count, usable } from "../../evaluate/report/numbers.js";

/** A number that is followed through a training. */
export interface Curve {
  /** What it is. */
  readonly caption: string;
  /** Sets the colour. */
  readonly className: string;
  readonly points: readonly CurvePoint[];
  /** A value as text. */
  readonly format: (value: number) => string;
  /** Updates after which the best value was found; marked. */
  readonly best?: number | undefined;
}

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** More points than this are drawn as a line only; more than the other are thinned. */
const MOST_DOTS = 60;
const MOST_POINTS = 1500;

/** A number against the updates of a training; null where there is nothing to draw. */
export function curveChart(
  { caption, className, points, format, best }: Curve,
  width: number,
): Markup | null {
  const drawn = thinned(points.filter(({ step, value }) => usable(step) && step >= 0 && usable(value)));
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined) return null;
  const { power, unit } = magnitude(drawn);
  const bottom = width < NARROW ? 210 : 260;
  const y = valueScale(
    drawn.map(({ value }) => value / power),
    [bottom, FRAME_TOP],
    1e-3,
  );
  const ticks = ticksOf(y, 5);
  const left = ticks.reduce((most, { text }) => Math.max(most, textWidth(text, TICK_SIZE)), 24) + 14;
  const frame: Frame = { left, right: width - 18, top: FRAME_TOP, bottom };
  const x = scaleLinear([0, Math.max(1, last.step)], [frame.left, frame.right]);
  const at = ({ step, value }: CurvePoint) => ({ x: x(step), y: y(value / power) });
  const path = line<CurvePoint>(
    (point) => at(point).x,
    (point) => at(point).y,
  );
  const dots = drawn.length <= MOST_DOTS ? drawn : [];
  const top = drawn.find(({ step }) => step === best);
  const steps = x.ticks(width < NARROW ? 4 : 8).filter(Number.isInteger);
  return svg(
    width,
    bottom + 44,
    `${caption} against updates: ${format(first.value)} after ${count(first.step)}, ${format(last.value)} after ${count(last.step)}${top ? `, best ${format(top.value)} after ${count(top.step)}` : ""}.`,
    valueAxis(ticks, frame, caption + unit),
    baseAxis(
      steps.map((step) => ({ at: x(step), text: count(step) })),
      frame,
    ),
    label((frame.left + frame.right) / 2, bottom + 36, "updates", "note middle"),
    html`<g class="${className}"><path class="line" d="${path(drawn) ?? ""}"/>${dots.map((point) => dot(point, at(point), format))}${top ? bestMark(top, at(top), frame, format) : null}</g>`,
  );
}

function dot(point: CurvePoint, { x, y }: Place, format: Curve["format"]): Markup {
  return html`<circle cx="${x}" cy="${y}" r="2.5" class="dot">${tip(point, format)}</circle>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A ring around the best point, and its value where there is room: towards the middle of the chart. */
function bestMark(point: CurvePoint, { x, y }: Place, frame: Frame, format: Curve["format"]): Markup {
  const text = `best ${format(point.value)}`;
  const half = textWidth(text, TICK_SIZE) / 2;
  const middle = Math.min(Math.max(x, frame.left + half + 4), frame.right - half);
  const below = y < (frame.top + frame.bottom) / 2;
  return html`<circle cx="${x}" cy="${y}" r="5.5" class="dot hollow">${tip(point, format)}</circle>${label(middle, below ? y + 24 : y - 14, text, "figure middle halo")}`;
}

function tip({ step, value }: CurvePoint, format: Curve["format"]): Markup {
  return tooltip(`${format(value)} after ${count(step)} updates`);
}

/** Numbers far from 1, such as learning rates, are drawn in units of a power of ten. */
function magnitude(points: readonly CurvePoint[]): { readonly power: number; readonly unit: string } {
  const largest = points.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  // What is next to nothing is drawn as 0: its power of ten may be no number any more.
  const exponent = largest < 1e-30 ? 0 : Math.floor(Math.log10(largest));
  if (exponent >= -2 && exponent <= 4) return { power: 1, unit: "" };
  const digits = [...String(Math.abs(exponent))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
  return { power: 10 ** exponent, unit: `, × 10${exponent < 0 ? "⁻" : ""}${digits}` };
}

/** Every n-th point from the last one back, so that the end stays. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => (points.length - 1 - i) % every === 0);
}
