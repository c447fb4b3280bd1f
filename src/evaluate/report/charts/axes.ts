import type { Markup } from "../html.js";
import { label, segment } from "./svg.js";
import { fitText, textWidth } from "./text-width.js";

export const TICK_SIZE = 12;

/** Where a tick stands, in pixels along its axis, and what it says. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Where `Frame.top` lies in charts with a `valueAxis`: below its caption. */
export const FRAME_TOP = 26;

/** The part of a chart that data is drawn into. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal grid lines with their values to the left, and above them what is measured. */
export function valueAxis(ticks: readonly Tick[], frame: Frame, caption: string): Markup[] {
  return [
    ...ticks.flatMap(({ at, text }) => [
      segment(frame.left, at, frame.right, at, "grid"),
      label(frame.left - 8, at + 4, text, "tick end"),
    ]),
    label(0, frame.top - 14, fitText(caption, frame.right, TICK_SIZE), "note"),
  ];
}

/** A base line with values below it; values that would touch the one before are left out, the last one never is. */
export function baseAxis(ticks: readonly Tick[], frame: Frame): Markup[] {
  const { bottom } = frame;
  return [
    segment(frame.left, bottom, frame.right, bottom, "axis"),
    ...ticks.map(({ at }) => segment(at, bottom, at, bottom + 4, "axis")),
    ...spread(ticks).map(({ at, text }) => label(at, bottom + 18, text, "tick middle")),
  ];
}

function spread(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  let free = Number.POSITIVE_INFINITY;
  for (const tick of [...ticks].sort((a, b) => b.at - a.at)) {
    const half = textWidth(tick.text, TICK_SIZE) / 2;
    if (tick.at + half > free) continue;
    kept.push(tick);
    free = tick.at - half - 6;
  }
  return kept;
}
