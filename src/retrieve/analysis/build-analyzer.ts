import { createHash } from "node:crypto";
import { RankwrightError, show } from "../../types/index.js";
import { invalidOption } from "../option-checks.js";
import type { Analyzer } from "./analyzer.js";
import { detached } from "./detached.js";
import { LANGUAGE_NAMES, LANGUAGES, type Language, type LanguageName } from "./languages.js";

export interface AnalyzerOptions {
  readonly language: LanguageName;
  /** Whether words are reduced to their stems. Default: true, where the language has a stemmer. */
  readonly stem?: boolean | undefined;
  /** Words to leave out: the language's own, none, or these. Default: `"default"`. */
  readonly stopWords?: "default" | "none" | readonly string[] | undefined;
}

/**
 * An analyser by name or from parts. `english` does what Anserini's default analyser does: Unicode words,
 * possessives off, lower case, Lucene's 33 stop words, Porter's stemmer.
 *
 * @throws RankwrightError INVALID_OPTION for an unknown language or a malformed option.
 */
export function analyzer(spec: LanguageName | AnalyzerOptions = "english"): Analyzer {
  const {
    language: name,
    stem = true,
    stopWords = "default",
  } = typeof spec === "string" ? { language: spec } : spec;
  if (!Object.hasOwn(LANGUAGES, name)) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `There is no analyser ${show(name)}; use one of ${LANGUAGE_NAMES.join(", ")}.`,
      { field: "analyzer", value: name },
    );
  }
  if (typeof stem !== "boolean") throw invalidOption("analyzer.stem", stem, "true or false");
  const language: Language = LANGUAGES[name];
  const stemWord = stem ? language.stemmer?.() : undefined;
  const left = leftOut(language, stopWords);
  const term = memoized((token) => {
    const word = language.fold(token);
    return left.has(word) ? "" : (stemWord?.(word) ?? word);
  });
  return {
    id: [name, ...(stem ? [] : ["no-stem"]), ...stopWordsId(stopWords)].join("+"),
    analyze(text) {
      const terms: string[] = [];
      for (const token of language.tokens(text)) {
        const made = term(token);
        if (made !== "") terms.push(made);
      }
      return terms;
    },
  };
}

function leftOut(language: Language, stopWords: AnalyzerOptions["stopWords"]): ReadonlySet<string> {
  if (stopWords === "none") return new Set();
  if (stopWords === "default") return new Set(language.stopWords().map(language.fold));
  if (Array.isArray(stopWords) && stopWords.every((word) => typeof word === "string")) {
    return new Set(stopWords.map(language.fold));
  }
  throw invalidOption("analyzer.stopWords", stopWords, '"default", "none" or a list of words');
}

function stopWordsId(stopWords: NonNullable<AnalyzerOptions["stopWords"]>): string[] {
  if (stopWords === "default") return [];
  if (stopWords === "none") return ["no-stop"];
  const digest = createHash("sha256").update(JSON.stringify(stopWords)).digest("hex");
  return [`stop-${digest.slice(0, 8)}`];
}

/** Different tokens remembered before all are forgotten: a few megabytes. */
const REMEMBERED = 50_000;

/** Texts repeat their words, and a stemmer is slow beside a look-up. */
function memoized(make: (token: string) => string): (token: string) => string {
  const known = new Map<string, string>();
  return (token) => {
    const found = known.get(token);
    if (found !== undefined) return found;
    if (known.size === REMEMBERED) known.clear();
    const key = detached(token);
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
