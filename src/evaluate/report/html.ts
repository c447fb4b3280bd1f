import { RankwrightError } from "../../types/index.js";

/** Text that is markup already; everything else is escaped on its way into a template. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes. `null` and `false` stand for nothing. */
export type Piece = Markup | string | number | null | false | readonly Piece[];

/**
 * Markup from a template whose pieces are escaped, for text as for quoted attributes. Numbers become
 * coordinates with at most two decimals.
 *
 * @throws RankwrightError INTERNAL for a number that is not finite: charts sort those out first.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = strings[0] ?? "";
  for (const [index, piece] of pieces.entries()) text += render(piece) + strings[index + 1];
  return new Markup(text);
}

function render(piece: Piece): string {
  if (piece === null || piece === false) return "";
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === "string") return escapeText(piece);
  if (typeof piece === "number") return coordinate(piece);
  return piece.map(render).join("");
}

function coordinate(value: number): string {
  if (!Number.isFinite(value))
    throw new RankwrightError("INTERNAL", `a coordinate of the report is ${value}`);
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Escapes for element content and quoted attributes. Characters that neither HTML nor XML may hold, and
 * bidirectional overrides, which would reorder the text around them, become U+FFFD.
 */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
