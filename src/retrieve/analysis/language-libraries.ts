import { createRequire } from "node:module";

// Required when a language is first asked for: together they take 150 ms and some megabytes.
const require = createRequire(import.meta.url);

/** The package `snowball-stemmers`, which brings no types. */
interface SnowballStemmers {
  newStemmer(algorithm: string): { stem(word: string): string };
}

/** A stemmer of the Snowball project by its algorithm's name. */
export function snowballStemmer(algorithm: string): (word: string) => string {
  const stemmers = require("snowball-stemmers") as SnowballStemmers;
  const stemmer = stemmers.newStemmer(algorithm);
  return (word) => stemmer.stem(word);
}

/** A list of the package `stopword` by its ISO 639-3 code. */
export function stopWordList(code: string): readonly string[] {
  const lists = require("stopword") as Readonly<Record<string, readonly string[]>>;
  return lists[code] as readonly string[];
}
