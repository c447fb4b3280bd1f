/**
 * The word-break classes of Unicode's UAX #29 that matter for finding words, with the scripts that it leaves
 * to dictionaries told apart. Everything else, spaces and most punctuation, is `other`.
 */
export const WORD_BREAK = {
  other: 0,
  letter: 1,
  hebrew: 2,
  number: 3,
  katakana: 4,
  /** Joins whatever stands beside it: underscores and their kin. */
  connector: 5,
  /** Combining marks, format characters and joiners: belong to the character before. */
  extend: 6,
  /** Between two letters or two numbers, this joins them: a full stop. */
  midBoth: 7,
  singleQuote: 8,
  doubleQuote: 9,
  /** Joins two letters: a colon, a middle dot. */
  midLetter: 10,
  /** Joins two numbers: a comma, a semicolon. */
  midNumber: 11,
  han: 12,
  hiragana: 13,
  /** Thai, Lao, Khmer, Burmese and others that write no spaces and need a dictionary. */
  southeastAsian: 14,
  emoji: 15,
} as const;

const SOUTHEAST_ASIAN = ["Thai", "Laoo", "Khmr", "Mymr", "Tale", "Talu", "Lana", "Tavt", "Ahom"]
  .map((script) => `\\p{sc=${script}}`)
  .join("");

/** Modifier signs that are no letters but stand inside words. */
const LETTERLIKE =
  "\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02ed\u02ef-\u02ff\u055b\u055c\u055e\u05f3\ua720\ua721\ua789\ua78a\uab5b";

/** The first class whose set holds a character is its class. */
const CLASSES: readonly (readonly [number, RegExp])[] = (
  [
    ["midBoth", "[.\u2018\u2019\u2024\ufe52\uff07\uff0e]"],
    ["midLetter", "[:\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a]"],
    ["midNumber", "[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b]"],
    ["singleQuote", "'"],
    ["doubleQuote", '"'],
    ["connector", "[\\p{Pc}\u202f]"],
    ["number", "[\\p{Nd}\u066b]"],
    ["southeastAsian", `[[${SOUTHEAST_ASIAN}]&&[\\p{L}\\p{M}]]`],
    ["extend", "[\\p{M}\\p{Grapheme_Extend}\\p{Emoji_Modifier}[\\p{Cf}--[\u200b]]]"],
    ["han", "\\p{sc=Han}"],
    ["hiragana", "\\p{sc=Hiragana}"],
    ["katakana", "[\\p{sc=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]"],
    ["hebrew", "[\\p{sc=Hebrew}&&\\p{Lo}]"],
    ["emoji", "[[\\p{Extended_Pictographic}\\p{Emoji}]--[#*]]"],
    ["letter", `[[\\p{Alphabetic}${LETTERLIKE}]--\\p{Ideographic}]`],
  ] as const
).map(([name, set]) => [WORD_BREAK[name], new RegExp(set, "v")]);

const PAGE_BITS = 8;
/** Classes of 256 code points each, found out when the first of them is met. */
const pages: (Uint8Array | undefined)[] = [];

/** One of `WORD_BREAK`. */
export function wordBreak(codePoint: number): number {
  const page = pages[codePoint >> PAGE_BITS] ?? readPage(codePoint >> PAGE_BITS);
  return page[codePoint & ((1 << PAGE_BITS) - 1)] as number;
}

function readPage(number: number): Uint8Array {
  const page = Uint8Array.from({ length: 1 << PAGE_BITS }, (_, index) => {
    const character = String.fromCodePoint((number << PAGE_BITS) + index);
    return CLASSES.find(([, set]) => set.test(character))?.[0] ?? WORD_BREAK.other;
  });
  pages[number] = page;
  return page;
}
