import type { Markup } from "../html.js";
import type { Frame } from "./axes.js";
import { label } from "./svg.js";
import { fitText, textWidth } from "./text-width.js";

const SIZE = 13;

/** Height of the line above the rows. */
const HEAD = 18;

/** Below this many pixels a chart sets labels above its marks, or in a list below, instead of beside them. */
export const NARROW = 480;

/** One line of a chart whose rows are named: what it is on the left, the figure on the right. */
export interface Row {
  readonly name: string;
  /** The whole name, where `name` is short. */
  readonly tip: string;
  readonly value: string;
}

export interface RowLayout {
  /** Where marks go; the axis belongs at its bottom. */
  readonly frame: Frame;
  /** y of each row's mark. */
  readonly middles: readonly number[];
  readonly text: readonly Markup[];
}

/** Places names, figures and marks side by side or, in a narrow chart, the text above each mark. */
export function layOutRows(rows: readonly Row[], width: number, valueHead: string): RowLayout {
  const { frame, middles, text } = width < NARROW ? stacked(rows, width) : sideBySide(rows, width);
  return { frame, middles, text: [label(width, 10, valueHead, "note end"), ...text] };
}

function sideBySide(rows: readonly Row[], width: number): RowLayout {
  const step = 30;
  const names = Math.min(width * 0.32, widest(rows.map((row) => row.name)));
  const values = widest(rows.map((row) => row.value));
  const frame = {
    left: names + 16,
    right: width - values - 16,
    top: HEAD,
    bottom: HEAD + rows.length * step,
  };
  const middles = rows.map((_, index) => frame.top + (index + 0.5) * step);
  const text = rows.flatMap((row, index) => {
    const y = (middles[index] as number) + 4.5;
    return [
      label(names, y, fitText(row.name, names, SIZE), "name end", row.tip),
      label(width, y, row.value, "figure end"),
    ];
  });
  return { frame, middles, text };
}

function stacked(rows: readonly Row[], width: number): RowLayout {
  const step = 46;
  const frame = { left: 12, right: width - 12, top: HEAD + 2, bottom: HEAD + 6 + rows.length * step };
  const middles = rows.map((_, index) => frame.top + index * step + 32);
  const text = rows.flatMap((row, index) => {
    const y = frame.top + index * step + 14;
    const room = width - textWidth(row.value, SIZE) - 10;
    return [
      label(0, y, fitText(row.name, room, SIZE), "name halo", row.tip),
      label(width, y, row.value, "figure end halo"),
    ];
  });
  return { frame, middles, text };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text, SIZE)), 0);
}
