import { stemmer } from "stemmer";
import { lowerCase } from "./lower-case.js";

/** The 33 words that Lucene's EnglishAnalyzer leaves out. */
export const LUCENE_ENGLISH_STOP_WORDS: readonly string[] = (
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these " +
  "they this to was will with"
).split(" ");

/** Lower case, without the possessive ending, as Lucene's EnglishPossessiveFilter takes it off. */
export function foldEnglish(word: string): string {
  return lowerCase(word.replace(/['\u2019\uff07][sS]$/, ""));
}

/** Words that are nothing but an ending, which the package `stemmer` reads differently from Porter. */
const BARE_ENDINGS: Readonly<Record<string, string>> = { eed: "eed", ies: "i", sses: "ss" };

/** Porter's stemmer with its author's later changes (`-bli`, `-logi`), which Lucene's PorterStemFilter is. */
export function stemEnglish(word: string): string {
  return word.length <= 4 && Object.hasOwn(BARE_ENDINGS, word)
    ? (BARE_ENDINGS[word] as string)
    : stemmer(word);
}
