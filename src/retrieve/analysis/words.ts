import { WORD_BREAK, wordBreak } from "./word-break.js";

const {
  letter,
  hebrew,
  number,
  katakana,
  connector,
  extend,
  midBoth,
  singleQuote,
  doubleQuote,
  midLetter,
  midNumber,
  han,
  hiragana,
  southeastAsian,
  emoji,
} = WORD_BREAK;

/** UTF-16 units after which a longer word is broken, as Lucene's StandardTokenizer does. */
export const LONGEST_WORD = 255;

/** `kind` is the class of the word's last character, one of `WORD_BREAK`; `letter` if there are connectors. */
export type WordVisitor = (start: number, end: number, kind: number) => void;

/**
 * Visits the words of a text in order, in time linear in its length: the rules of UAX #29 (WB4–WB13) for
 * letters, numbers and what joins them; each Han and Hiragana character by itself; unbroken runs of
 * South-East Asian scripts; emoji. Offsets are UTF-16 units, end exclusive. Equal to Lucene's
 * StandardTokenizer but for characters that Unicode got after version 12.1 and the iteration mark 々, which
 * is Han here.
 */
export function visitWords(text: string, visit: WordVisitor): void {
  const length = text.length;
  let position = 0;
  while (position < length) {
    const kind = classAt(text, position);
    const limit = Math.min(length, position + LONGEST_WORD);
    const first = characterEnd(text, position, limit);
    let end = first;
    if (kind === letter || kind === hebrew || kind === number || kind === katakana || kind === connector) {
      end = visitWord(text, position, first, limit, kind, visit);
    } else if (kind === han || kind === hiragana) {
      visit(position, end, kind);
    } else if (kind === southeastAsian) {
      while (end < limit && classAt(text, end) === southeastAsian) end = characterEnd(text, end, limit);
      visit(position, end, kind);
    } else if (kind === emoji) {
      end = emojiEnd(text, position, first, limit);
      if (end > first || !isRegional(text, position)) visit(position, end, kind);
    }
    position = end;
  }
}

/** The words of a text, as `visitWords` finds them. */
export function words(text: string): string[] {
  const found: string[] = [];
  visitWords(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

/** Visits the word that starts here, unless it holds connectors only; returns its end. */
function visitWord(
  text: string,
  start: number,
  first: number,
  limit: number,
  kind: number,
  visit: WordVisitor,
): number {
  let end = first;
  let last = kind;
  let content = kind === connector ? undefined : kind;
  let connected = kind === connector;
  while (end < limit) {
    const next = classAt(text, end);
    if (joins(last, next)) {
      last = next;
      if (next === connector) connected = true;
      else content = next;
      end = characterEnd(text, end, limit);
      continue;
    }
    if (last === hebrew && next === singleQuote && !isLetterAfter(text, end, limit)) {
      end = characterEnd(text, end, limit);
      break;
    }
    if (!mayBridge(last, next)) break;
    const beyond = characterEnd(text, end, limit);
    if (beyond >= limit) break;
    const after = classAt(text, beyond);
    const bridged =
      last === number ? after === number : next === doubleQuote ? after === hebrew : isLetter(after);
    if (!bridged) break;
    last = after;
    end = characterEnd(text, beyond, limit);
  }
  if (content !== undefined) visit(start, end, connected ? letter : content);
  return end;
}

function isLetter(kind: number): boolean {
  return kind === letter || kind === hebrew;
}

function isLetterAfter(text: string, mark: number, limit: number): boolean {
  const beyond = characterEnd(text, mark, limit);
  return beyond < limit && isLetter(classAt(text, beyond));
}

/** Whether two neighbours belong to one word (WB5, WB8–WB10, WB13–WB13b). */
function joins(last: number, next: number): boolean {
  if (next === connector || last === connector) return next <= connector && next !== WORD_BREAK.other;
  if (last === katakana || next === katakana) return last === next;
  return next === letter || next === hebrew || next === number;
}

/** Whether a mark can stand between this character and another of its kind (WB6, WB7b, WB12). */
function mayBridge(last: number, mark: number): boolean {
  if (last === number) return mark === midBoth || mark === singleQuote || mark === midNumber;
  if (last === hebrew && mark === doubleQuote) return true;
  return isLetter(last) && (mark === midBoth || mark === singleQuote || mark === midLetter);
}

/** A flag of two letters, or emoji joined by zero-width joiners. */
function emojiEnd(text: string, start: number, first: number, limit: number): number {
  let end = first;
  if (isRegional(text, start) && end < limit && isRegional(text, end)) return characterEnd(text, end, limit);
  while (end < limit && text.charCodeAt(end - 1) === 0x200d && classAt(text, end) === emoji) {
    end = characterEnd(text, end, limit);
  }
  return end;
}

function isRegional(text: string, position: number): boolean {
  const codePoint = text.codePointAt(position) as number;
  return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
}

function classAt(text: string, position: number): number {
  return wordBreak(text.codePointAt(position) as number);
}

/** Where the next character starts, its combining marks passed over. */
function characterEnd(text: string, position: number, limit: number): number {
  let end = position + width(text, position);
  while (end < limit) {
    if (wordBreak(text.codePointAt(end) as number) !== extend) break;
    end += width(text, end);
  }
  return end;
}

function width(text: string, position: number): number {
  return (text.codePointAt(position) as number) > 0xffff ? 2 : 1;
}
