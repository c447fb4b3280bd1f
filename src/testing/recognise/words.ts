export interface Word {
  /** In lower case. */
  readonly text: string;
  /** Offsets (UTF-16 units, end exclusive). */
  readonly start: number;
  readonly end: number;
}

/** A character of scripts that do not part words, or a run of letters and digits. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+/gu;

/** The words of a text: what is left of it whatever a template does to brackets, quotes and white space. */
export function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}
