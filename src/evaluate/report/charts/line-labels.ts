import { html, type Markup } from "../html.js";
import { mark, type Series } from "../series.js";
import type { Frame } from "./axes.js";
import { dodge } from "./dodge.js";
import { NARROW } from "./rows.js";
import { label, segment } from "./svg.js";
import { fitText, textWidth } from "./text-width.js";

const SIZE = 13;
const ROW = 20;

/** A line to be named: where it ends, what it shows and its value there, as text. */
export interface LineEnd {
  readonly name: string;
  readonly tip: string;
  readonly value: string;
  readonly y: number;
  readonly className: string;
  /** Drawn before the name in a list. `null` shows a stroke of the line. */
  readonly series: Series | null;
}

/** Room that names need to the right of a chart, and below it. */
export function labelRoom(
  names: readonly string[],
  width: number,
): { readonly right: number; readonly below: number } {
  if (width < NARROW) return { right: 8, below: names.length * ROW + 8 };
  const longest = names.reduce((most, name) => Math.max(most, textWidth(name, SIZE)), 0);
  return { right: Math.min(width * 0.3, longest) + 74, below: 0 };
}

/**
 * Names beside the ends of their lines, kept apart; in a narrow chart as a list below it, from
 * `listTop` on, in the order of the values.
 */
export function lineLabels(ends: readonly LineEnd[], frame: Frame, width: number, listTop: number): Markup[] {
  const value = 54;
  if (width < NARROW) {
    const best = [...ends].sort((a, b) => a.y - b.y);
    return best.map((end, index) => {
      const y = listTop + (index + 0.5) * ROW;
      const sign = end.series
        ? mark(end.series, 9, y, 56)
        : html`${segment(0, y, 18, y, "line")}<circle cx="9" cy="${y}" r="3.5" class="dot"/>`;
      const room = width - 26 - value;
      return html`<g class="${end.className}">${sign}${label(26, y + 4.5, fitText(end.name, room, SIZE), "name", end.tip)}${label(width, y + 4.5, end.value, "figure end")}</g>`;
    });
  }
  const places = dodge(
    ends.map((end) => end.y),
    18,
    frame.top,
    frame.bottom - 4,
  );
  const x = frame.right + 18;
  return ends.map((end, index) => {
    const y = places[index] as number;
    const name = fitText(end.name, width - x - value, SIZE);
    return html`<g class="${end.className}">${segment(frame.right + 5, end.y, frame.right + 14, y, "leader")}${label(x, y + 4.5, name, "name", end.tip)}${label(width, y + 4.5, end.value, "figure end")}</g>`;
  });
}
