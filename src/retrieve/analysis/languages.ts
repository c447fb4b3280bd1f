import { bigrams, LUCENE_CJK_STOP_WORDS } from "./cjk.js";
import { foldEnglish, LUCENE_ENGLISH_STOP_WORDS, stemEnglish } from "./english.js";
import { foldHindi, stemHindi } from "./hindi.js";
import { snowballStemmer, stopWordList } from "./language-libraries.js";
import { lowerCase } from "./lower-case.js";
import { words } from "./words.js";

/** How one analyser works: tokens, each folded, stop words taken out, the rest stemmed. */
export interface Language {
  readonly tokens: (text: string) => string[];
  /** Brings the spellings of a word together; applied to stop words too. */
  readonly fold: (word: string) => string;
  readonly stopWords: () => readonly string[];
  /** Makes the stemmer; absent where there is none. */
  readonly stemmer?: () => (word: string) => string;
}

/** Unicode words with Snowball's stemmer and the stop words of the package `stopword`. */
function snowball(algorithm: string, stopWords: string, fold = lowerCase): Language {
  return {
    tokens: words,
    fold,
    stopWords: () => stopWordList(stopWords),
    stemmer: () => snowballStemmer(algorithm),
  };
}

/** Articles and pronouns that lose their vowel and lean on the next word: l'eau, dell'arte, d'aigua. */
function withoutElision(articles: string): (word: string) => string {
  const elided = new RegExp(`^(?:${articles})['\u2019]`, "i");
  return (word) => lowerCase(word.replace(elided, ""));
}

const FRENCH_ELISIONS = "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu";
const ITALIAN_ELISIONS =
  "[cdlmnstv]|al|all|dal|dall|del|dell|nel|nell|sul|sull|coll|pell|agl|dagl|degl|negl|sugl|gl|un|quell|quest";

export const LANGUAGES = {
  english: {
    tokens: words,
    fold: foldEnglish,
    stopWords: () => LUCENE_ENGLISH_STOP_WORDS,
    stemmer: () => stemEnglish,
  },
  /** Unicode words in lower case, for any language that writes spaces. */
  standard: { tokens: words, fold: lowerCase, stopWords: () => [] },
  /** What stands between white space, as it is; for texts that are tokens already. */
  whitespace: {
    tokens: (text) => text.split(/\s+/).filter((token) => token !== ""),
    fold: (word) => word,
    stopWords: () => [],
  },
  /** Chinese, Japanese and Korean. The stop words are English ones, for texts that mix. */
  cjk: { tokens: bigrams, fold: lowerCase, stopWords: () => LUCENE_CJK_STOP_WORDS },
  hindi: {
    tokens: words,
    fold: foldHindi,
    stopWords: () => stopWordList("hin"),
    stemmer: () => stemHindi,
  },
  arabic: snowball("arabic", "ara"),
  armenian: snowball("armenian", "hye"),
  basque: snowball("basque", "eus"),
  catalan: snowball("catalan", "cat", withoutElision("[dlmnst]")),
  danish: snowball("danish", "dan"),
  dutch: snowball("dutch", "nld"),
  finnish: snowball("finnish", "fin"),
  french: snowball("french", "fra", withoutElision(FRENCH_ELISIONS)),
  german: snowball("german", "deu"),
  hungarian: snowball("hungarian", "hun"),
  irish: snowball("irish", "gle"),
  italian: snowball("italian", "ita", withoutElision(ITALIAN_ELISIONS)),
  norwegian: snowball("norwegian", "nob"),
  portuguese: snowball("portuguese", "por"),
  // The stemmer and the stop words know the letters with cedilla; today's spelling has a comma below.
  romanian: snowball("romanian", "ron", (word) =>
    lowerCase(word).replaceAll("\u0219", "\u015f").replaceAll("\u021b", "\u0163"),
  ),
  russian: snowball("russian", "rus", (word) => lowerCase(word).replaceAll("ё", "е")),
  spanish: snowball("spanish", "spa"),
  swedish: snowball("swedish", "swe"),
  // İ and I are different letters, and endings of names stand after an apostrophe.
  turkish: snowball("turkish", "tur", (word) => word.replace(/['\u2019].*$/s, "").toLocaleLowerCase("tr")),
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageName = keyof typeof LANGUAGES;

/** Names that `analyzer` knows. */
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as readonly LanguageName[];
