import { stem } from "./stem.js";

// Scripts written without spaces between words, and Hangul, whose words carry their particles with them.
const UNSPACED = ["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr"]
  .map((script) => `\\p{scx=${script}}`)
  .join("");
const LETTER = "[\\p{L}\\p{N}]";
const LETTER_OR_MARK = "[\\p{L}\\p{N}\\p{M}]";
/** Longer runs are cut here, so that a megabyte without a space is not one word. */
const LONGEST_WORD = 64;
const WORD_PATTERN = [
  `([[${UNSPACED}]&&${LETTER_OR_MARK}])`,
  `[${LETTER}--[${UNSPACED}]][${LETTER_OR_MARK}--[${UNSPACED}]]{0,${LONGEST_WORD - 1}}`,
].join("|");
const WORD = new RegExp(WORD_PATTERN, "gv");

/**
 * Reads the words of a text one after the other, in time linear in its length: runs of letters, marks and
 * digits, folded (NFKC, lower case, no accents) and stemmed. Unspaced scripts give their characters one by
 * one and, after each, its pair with the character before.
 */
export class WordReader {
  /** The current word, folded and stemmed. */
  term = "";
  /** Character offsets (UTF-16 units, end exclusive) of the current word. */
  start = 0;
  end = 0;
  /** Position of the current word, counted in words from 0; a pair shares that of its latter character. */
  position = -1;

  readonly #text: string;
  #previous: { readonly character: string; readonly start: number; readonly end: number } | undefined;
  #pair: { readonly term: string; readonly start: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves to the next word; false at the end of the text. */
  next(): boolean {
    if (this.#pair) {
      this.term = this.#pair.term;
      this.start = this.#pair.start;
      this.#pair = undefined;
      return true;
    }
    WORD.lastIndex = this.end;
    const match = WORD.exec(this.#text);
    if (!match) return false;
    const folded = fold(match[0]);
    this.start = match.index;
    this.end = match.index + match[0].length;
    this.position++;
    if (match[1] === undefined) {
      this.term = stem(folded);
      this.#previous = undefined;
    } else {
      this.term = folded;
      if (this.#previous?.end === this.start) {
        this.#pair = { term: this.#previous.character + folded, start: this.#previous.start };
      }
      this.#previous = { character: folded, start: this.start, end: this.end };
    }
    return true;
  }
}

function fold(word: string): string {
  if (/^[a-z0-9]+$/.test(word)) return word;
  if (/^[A-Za-z0-9]+$/.test(word)) return word.toLowerCase();
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
}
