import { codePointFlags, paint, unitsOf } from "../unicode/code-points.js";
import { PUNCTUATION } from "../unicode/tables.js";
import { isWhitespace } from "../unicode/whitespace.js";

let shared: Uint8Array | undefined;

/** Whether BERT's splitter makes a character a word of its own. */
export function isBertPunctuation(codePoint: number): boolean {
  shared ??= punctuation();
  return shared[codePoint] === 1;
}

/** BERT's splitter: words end at whitespace, and each punctuation character is a word. */
export function bertWords(
  text: string,
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  let start = from;
  for (let i = from; i < to; ) {
    const codePoint = text.codePointAt(i)!;
    const next = i + unitsOf(codePoint);
    const space = codePoint <= 0xffff && isWhitespace(codePoint);
    if (space || isBertPunctuation(codePoint)) {
      if (i > start) visit(start, i);
      if (!space) visit(i, next);
      start = next;
    }
    i = next;
  }
  if (to > start) visit(start, to);
}

function punctuation(): Uint8Array {
  const flags = codePointFlags();
  paint(flags, PUNCTUATION, 1);
  return flags;
}
