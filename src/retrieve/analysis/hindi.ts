import { lowerCase } from "./lower-case.js";

/** Pairs of what is written and what it counts as: long vowels as short ones, loans' vowels, digits. */
const SAME = "आअ ईइ ऊउ ॠऋ ॡऌ ऐए ऍए ऎए औओ ऑओ ऒओ ॲअ ीि ूु ॄृ ॣॢ ैे ॅे ॆे ौो ॉो ॊो ँं ०0 १1 २2 ३3 ४4 ५5 ६6 ७7 ८8 ९9";
const FOLDED: ReadonlyMap<string, string> = new Map(
  SAME.split(" ").map((pair) => [...pair] as [string, string]),
);

/**
 * One spelling where writers vary, as Lucene's HindiNormalizer makes it (after Larkey, Connell and
 * Abduljaleel, "Hindi CLIR in Thirty Days", 2003): an n without vowel as anusvara, no nukta, virama or
 * joiners, long vowels but the sign ा as short ones.
 */
export function foldHindi(word: string): string {
  const plain = lowerCase(word)
    .normalize("NFD")
    .replace(/\u093c|\u200c|\u200d/g, "")
    .replaceAll("\u0928\u094d", "\u0902")
    .replaceAll("\u094d", "");
  return Array.from(plain, (character) => FOLDED.get(character) ?? character)
    .join("")
    .normalize("NFC");
}

/**
 * Endings of Hindi nouns, verbs and adjectives by length, from the lightweight stemmer of Ramanathan and Rao
 * ("A Lightweight Stemmer for Hindi", 2003), longest first. Those with long vowels serve words that were not folded.
 */
const ENDINGS: readonly (readonly string[])[] = [
  "ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयाँ ाइयों ाइयां",
  "ाएगी ाएगा ाओगी ाओगे एंगी ेंगी एंगे ेंगे ूंगी ूंगा ातीं नाओं नाएं ताओं ताएं ियाँ ियों ियां",
  "ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं",
  "कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ाँ ां ों ें",
  "ो े ू ु ी ि ा",
].map((endings) => endings.split(" "));

/** Takes the longest known ending off a folded word, if at least two characters remain. */
export function stemHindi(word: string): string {
  for (const [index, endings] of ENDINGS.entries()) {
    const size = ENDINGS.length - index;
    if (word.length >= size + 2 && endings.includes(word.slice(-size))) return word.slice(0, -size);
  }
  return word;
}
