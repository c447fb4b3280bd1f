import { COMMON_STEMS } from "./common-words.js";

const RANKS: ReadonlyMap<string, number> = new Map(COMMON_STEMS.split(" ").map((word, i) => [word, i + 1]));
/** Rarity of a word outside the list: that of the 34,000th by the formula below. */
const UNLISTED = 8.5;

/**
 * How much a word says by itself, before any candidate is seen: about its inverse document frequency in
 * general English text. Word frequencies fall with the rank (Zipf's law), and ln(1 + rank / 7) is within
 * 0.25 of the measured -ln(share of texts) from the 1st to the 1000th. Words outside the list are rare,
 * except that those of one to three letters are often the function words of another language.
 */
export function rarity(term: string): number {
  const rank = RANKS.get(term);
  return rank === undefined ? UNLISTED * Math.min(1, term.length / 4) : Math.log(1 + rank / 7);
}
