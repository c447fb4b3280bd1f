import { html, type Markup, type Piece } from "./html.js";

/** Chart widths in pixels: a column of the page, and a telephone or one of two panels. */
const WIDE = 720;
const PANEL = 344;

/** A part of the page; `id` is what links to it name. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** A picture with words on how to read it in the margin. */
export function figure(picture: Piece, ...notes: readonly Piece[]): Markup {
  return html`<figure><div class="picture">${picture}</div><figcaption>${notes.map((note) => html`<p>${note}</p>`)}</figcaption></figure>`;
}

/** One chart drawn twice, for a wide and for a narrow screen; the style sheet shows one of them. */
export function responsive(draw: (width: number) => Markup | null): Markup | null {
  const [wide, narrow] = [draw(WIDE), draw(PANEL)];
  return wide && narrow && html`<div class="wide">${wide}</div><div class="narrow">${narrow}</div>`;
}

export interface Panel {
  readonly title: Piece;
  /** Sets the colour of what the chart shows of its system. */
  readonly className?: string;
  readonly draw: (width: number) => Markup | null;
}

/** Charts of the same kind, each under its name: small and side by side or, where there is only one, large. */
export function panels(all: readonly Panel[]): Markup | null {
  const drawn = all.flatMap((panel) => {
    const chart = panel.draw(PANEL);
    return chart ? [{ panel, chart }] : [];
  });
  if (drawn.length === 0) return null;
  const items = drawn.map(({ panel, chart }) => {
    const { title, className = "", draw } = panel;
    return html`<div class="panel ${className}"><h3>${title}</h3>${drawn.length === 1 ? responsive(draw) : chart}</div>`;
  });
  return html`<div class="${drawn.length === 1 ? "single" : "panels"}">${items}</div>`;
}

/** A table that scrolls sideways on its own where it does not fit. */
export function scrolling(name: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${table}</div>`;
}
