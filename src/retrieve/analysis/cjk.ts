import { WORD_BREAK } from "./word-break.js";
import { visitWords } from "./words.js";

/** The English words that Lucene's CJKAnalyzer leaves out. */
export const LUCENE_CJK_STOP_WORDS: readonly string[] = (
  "a and are as at be but by for if in into is it no not of on or s such t that the their then there these " +
  "they this to was will with www"
).split(" ");

const HANGUL = /^\p{sc=Hangul}[\p{sc=Hangul}\p{M}\p{Cf}]*$/u;

/**
 * Overlapping pairs of neighbouring Han, Hiragana, Katakana and Hangul characters, one alone where it has no
 * neighbour, and the words of other scripts, as Lucene's CJKAnalyzer makes them.
 */
export function bigrams(text: string): string[] {
  const terms: string[] = [];
  let run: string[] = [];
  let runEnd = 0;
  const closeRun = () => {
    if (run.length === 1) terms.push(run[0] as string);
    for (let index = 1; index < run.length; index++) terms.push(`${run[index - 1]}${run[index]}`);
    run = [];
  };
  visitWords(text, (start, end, kind) => {
    if (start !== runEnd) closeRun();
    const word = text.slice(start, end);
    if (isCjk(kind) || (kind === WORD_BREAK.letter && HANGUL.test(word))) run.push(...foldWidth(word));
    else {
      closeRun();
      terms.push(foldWidth(word));
    }
    runEnd = end;
  });
  closeRun();
  return terms;
}

function isCjk(kind: number): boolean {
  return kind === WORD_BREAK.han || kind === WORD_BREAK.hiragana || kind === WORD_BREAK.katakana;
}

/** Full-width letters and digits become ordinary ones, half-width Katakana and Hangul full-width ones. */
function foldWidth(word: string): string {
  return word.replace(/[\uff01-\uffef]+/g, (wide) => wide.normalize("NFKC"));
}
