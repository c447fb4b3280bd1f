import { html, type Markup } from "../html.js";
import { count, measureValue, signed, usable } from "../numbers.js";
import { FRAME_TOP, type Frame, valueAxis } from "./axes.js";
import { NARROW } from "./rows.js";
import { ticksOf, valueScale } from "./scales.js";
import { label, segment, svg, tooltip } from "./svg.js";
import { textWidth } from "./text-width.js";

/** One query under both systems; finite values. */
export interface QueryDifference {
  readonly query: string;
  readonly baseline: number;
  readonly system: number;
}

export interface QueryDifferences {
  readonly system: string;
  readonly baseline: string;
  readonly measure: string;
  readonly queries: readonly QueryDifference[];
  /** Differences that the axis is to include, so that several charts share one. */
  readonly reach: readonly number[];
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Neighbouring queries of the sorted order, drawn as one bar. */
interface Bucket {
  readonly first: number;
  readonly last: number;
  readonly mean: number;
}

/**
 * All queries from the largest gain to the largest loss, one bar each, with the mean difference and its 95 %
 * interval. Where there are more queries than bars fit, a bar is the mean of neighbours in that order.
 */
export function queryDifferencesChart(data: QueryDifferences, width: number): Markup | null {
  const sorted = data.queries
    .filter((query) => usable(query.system - query.baseline))
    .sort((a, b) => b.system - b.baseline - (a.system - a.baseline) || (a.query < b.query ? -1 : 1));
  if (sorted.length === 0) return null;
  const height = width < NARROW ? 260 : 316;
  const frame: Frame = { left: 46, right: width - 2, top: FRAME_TOP, bottom: height - 44 };
  const differences = sorted.map((query) => query.system - query.baseline);
  const ends = [data.low, data.high, data.difference].filter(usable);
  const y = valueScale([0, ...differences, ...ends, ...data.reach], [frame.bottom, frame.top], 0.02);
  const buckets = bucketsOf(differences, width < NARROW ? 96 : 208);
  const step = (frame.right - frame.left) / sorted.length;
  const thin = buckets.length <= 60;
  const bars = buckets.map(({ first, last, mean }) => {
    const left = frame.left + first * step;
    const span = (last - first + 1) * step;
    const tip = tooltip(
      first === last ? queryTip(sorted[first] as QueryDifference) : bucketTip(first, last, mean),
    );
    const tone = mean > 0 ? "win" : mean < 0 ? "loss" : "tie";
    if (thin) {
      const x = left + span / 2;
      return html`<g class="${tone}">${tip}${segment(x, y(0), x, y(mean), "stem")}<circle cx="${x}" cy="${y(mean)}" r="${Math.min(4, span * 0.3)}" class="dot"/></g>`;
    }
    const top = Math.min(y(0), y(mean));
    const tall = Math.max(1, Math.abs(y(mean) - y(0)));
    return html`<rect x="${left}" y="${top}" width="${span < 6 ? span : span - 1}" height="${tall}" class="${tone} dense">${tip}</rect>`;
  });
  return svg(
    width,
    height,
    `${data.measure} of ${data.system} minus ${data.baseline} for ${count(sorted.length)} queries, sorted: ` +
      `${count(data.wins)} wins, ${count(data.ties)} ties, ${count(data.losses)} losses; mean ${signed(data.difference)}.`,
    valueAxis(ticksOf(y, 5, true), frame, `difference in ${data.measure}`),
    meanBand(data, frame, y),
    bars,
    segment(frame.left, y(0), frame.right, y(0), "axis"),
    meanLine(data, frame, y),
    outcomeStrip(data, frame),
  );
}

function bucketsOf(sorted: readonly number[], most: number): Bucket[] {
  const buckets: Bucket[] = [];
  const number = Math.min(most, sorted.length);
  for (let index = 0; index < number; index++) {
    const first = Math.floor((index * sorted.length) / number);
    const last = Math.floor(((index + 1) * sorted.length) / number) - 1;
    const members = sorted.slice(first, last + 1);
    buckets.push({ first, last, mean: members.reduce((sum, value) => sum + value, 0) / members.length });
  }
  return buckets;
}

function queryTip({ query, baseline, system }: QueryDifference): string {
  const id = query.length > 60 ? `${query.slice(0, 59)}…` : query;
  return `${id}: ${measureValue(baseline)} → ${measureValue(system)} (${signed(system - baseline)})`;
}

function bucketTip(first: number, last: number, mean: number): string {
  return `queries ${count(first + 1)} to ${count(last + 1)} of this order: mean ${signed(mean)}`;
}

function meanBand(
  { low, high }: QueryDifferences,
  frame: Frame,
  y: (value: number) => number,
): Markup | null {
  if (!usable(low) || !usable(high)) return null;
  const top = Math.min(y(low), y(high));
  return html`<rect x="${frame.left}" y="${top}" width="${frame.right - frame.left}" height="${Math.abs(y(low) - y(high))}" class="band"/>`;
}

/** Gains stand at the left and losses at the right, so the corners above right and below left are free for text. */
function meanLine(data: QueryDifferences, frame: Frame, y: (value: number) => number): Markup[] {
  const { difference, low, high } = data;
  if (!usable(difference)) return [];
  const known = usable(low) && usable(high);
  const text = `mean ${signed(difference)}${known && frame.right > NARROW ? ", with its 95 % interval" : ""}`;
  const edge = known ? (difference >= 0 ? Math.max(low, high) : Math.min(low, high)) : difference;
  const words =
    difference >= 0
      ? label(frame.right, Math.max(frame.top + 10, y(edge) - 7), text, "note end halo")
      : label(frame.left + 4, Math.min(frame.bottom - 4, y(edge) + 16), text, "note halo");
  return [segment(frame.left, y(difference), frame.right, y(difference), "mean"), words];
}

/** How many queries won, tied and lost, as one bar in proportion and in words. */
function outcomeStrip({ wins, ties, losses }: QueryDifferences, frame: Frame): Markup[] {
  const total = wins + ties + losses;
  if (!usable(total) || total <= 0) return [];
  const width = frame.right - frame.left;
  const y = frame.bottom + 12;
  const ends = [0, wins, wins + ties, total].map((sum) => frame.left + (sum / total) * width);
  const parts = ["win", "tie", "loss"].map((tone, index) => {
    const [from, to] = [ends[index] as number, ends[index + 1] as number];
    return html`<rect x="${from}" y="${y}" width="${Math.max(0, to - from)}" height="6" class="${tone}"/>`;
  });
  const [won, tied, lost] = [plural(wins, "win"), plural(ties, "tie"), plural(losses, "loss", "es")];
  const half = textWidth(tied, 13) / 2 + 10;
  const from = frame.left + textWidth(won, 13) + half;
  const to = frame.right - textWidth(lost, 13) - half;
  const middle = Math.max(from, Math.min(to, ((ends[1] as number) + (ends[2] as number)) / 2));
  return [
    ...parts,
    label(frame.left, y + 24, won, "figure"),
    label(middle, y + 24, tied, "figure middle"),
    label(frame.right, y + 24, lost, "figure end"),
  ];
}

function plural(number: number, one: string, ending = "s"): string {
  return `${count(number)} ${one}${number === 1 ? "" : ending}`;
}
