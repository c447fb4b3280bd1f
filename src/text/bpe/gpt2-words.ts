import { codePointFlags, paint } from "../unicode/code-points.js";
import { LETTERS, NUMBERS } from "../unicode/tables.js";
import { isWhitespace } from "../unicode/whitespace.js";

const OTHER = 0;
const LETTER = 1;
const NUMBER = 2;
const SPACE = 4;
let shared: Uint8Array | undefined;

/**
 * Where the word that starts at `from` ends, by GPT-2's expression
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
 */
export function gpt2WordEnd(text: string, from: number, to: number): number {
  shared ??= classTable();
  const table = shared;
  const first = text.charCodeAt(from);
  if (first === 0x27) {
    const end = contractionEnd(text, from, to);
    if (end > from) return end;
  }
  let start = from;
  let wordClass = classAt(table, text, from);
  if (wordClass === SPACE) {
    const end = runEnd(table, text, from, to, SPACE);
    if (end === to) return end;
    // The last space of a run goes with the word behind it, if it can.
    if (end - from > 1) return end - 1;
    if (first !== 0x20) return end;
    start = end;
    wordClass = classAt(table, text, start);
  }
  return runEnd(table, text, start, to, wordClass);
}

/** Where the first word ends if a space is put before text[from, to), which begins with none. */
export function gpt2PrefixedWordEnd(text: string, from: number, to: number): number {
  shared ??= classTable();
  const table = shared;
  const wordClass = classAt(table, text, from);
  const end = runEnd(table, text, from, to, wordClass);
  return wordClass === SPACE && end < to ? end - 1 : end;
}

function runEnd(table: Uint8Array, text: string, from: number, to: number, wordClass: number): number {
  let end = from;
  while (end < to && classAt(table, text, end) === wordClass) {
    end += isLeading(text.charCodeAt(end)) ? 2 : 1;
  }
  return end;
}

function classAt(table: Uint8Array, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return isLeading(unit) ? table[text.codePointAt(at)!]! : table[unit]!;
}

function isLeading(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function contractionEnd(text: string, from: number, to: number): number {
  const next = from + 1 < to ? text[from + 1] : "";
  if (next === "s" || next === "t" || next === "m" || next === "d") return from + 2;
  const two = from + 2 < to ? text.slice(from + 1, from + 3) : "";
  return two === "re" || two === "ve" || two === "ll" ? from + 3 : from;
}

function classTable(): Uint8Array {
  const table = codePointFlags().fill(OTHER);
  paint(table, LETTERS, LETTER);
  paint(table, NUMBERS, NUMBER);
  for (let c = 0; c < 0x10000; c++) if (isWhitespace(c)) table[c] = SPACE;
  return table;
}
