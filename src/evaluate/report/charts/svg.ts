import { html, type Markup, type Piece } from "../html.js";

/** An SVG that scales with its column; `label` says to a screen reader what the picture shows. */
export function svg(width: number, height: number, label: string, ...content: readonly Piece[]): Markup {
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${content}</svg>`;
}

/** A line of text in a chart. */
export function label(x: number, y: number, text: string, classes = "", tip = ""): Markup {
  return html`<text x="${x}" y="${y}" class="${classes}">${text}${tip === "" ? null : tooltip(tip)}</text>`;
}

export function segment(x1: number, y1: number, x2: number, y2: number, classes: string): Markup {
  return html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${classes}"/>`;
}

/** Shown by browsers while the pointer rests on the mark that holds it. */
export function tooltip(text: string): Markup {
  return html`<title>${text}</title>`;
}
