import { stripVTControlCharacters } from "node:util";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Combining marks, joiners, variation selectors: drawn on the character before them. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF]$/u;

const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u;

/** Drawn over two columns: East Asian wide and full-width characters. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]$/u;

/** More than this many UTF-16 units are never looked at for a line of a table. */
const LONGEST_LOOK = 4096;

/**
 * Text as it can stand in one line of a terminal: escape sequences, control characters and bidirectional
 * overrides removed, so that a document cannot move the cursor or rewrite what is shown; white space and
 * line ends become one space. Only the beginning of long text is kept.
 */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text.slice(0, LONGEST_LOOK).toWellFormed())
    .replace(/(?!\s)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Columns that text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  // One picture, of however many characters; U+FE0F asks for the picture of a character that is text otherwise.
  if (EMOJI.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) {
    if (WIDE.test(character)) width += 2;
    else if (!ZERO_WIDTH.test(character)) width += 1;
  }
  return width;
}

/** The beginning of text that fits into `columns`, ended by "…" where something was cut. */
export function shorten(text: string, columns: number): string {
  let width = 0;
  let kept = "";
  let cut = "";
  for (const { segment } of graphemes.segment(text)) {
    if (width <= columns - 1) cut = kept;
    width += graphemeWidth(segment);
    if (width > columns) return `${cut.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}

/** Text with spaces after it, or before it, up to a width. */
export function pad(text: string, width: number, side: "left" | "right"): string {
  const spaces = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? text + spaces : spaces + text;
}
