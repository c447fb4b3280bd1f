import { CONTENT_WORDS, ENDINGS, FUNCTION_WORDS, inventedWord, VERBS } from "./words.mjs";

/**
 * Endless text of made-up sentences: frequent words come often and rare ones seldom (Zipf), with inflected
 * words, names, numbers and punctuation in about the shares of English prose.
 * @param {import("./random.mjs").Random} random
 * @returns {Generator<string>} words with their punctuation; joined by spaces they are the text
 */
export function* proseWords(random) {
  for (;;) {
    const length = 6 + random.below(16);
    for (let i = 0; i < length; i++) {
      let word = proseWord(random, i);
      if (i === 0) word = word[0].toUpperCase() + word.slice(1);
      if (i === length - 1) word += random.next() < 0.1 ? "?" : ".";
      else if (random.next() < 0.07) word += random.next() < 0.85 ? "," : ";";
      yield word;
    }
  }
}

function proseWord(/** @type {import("./random.mjs").Random} */ random, /** @type {number} */ place) {
  const kind = random.next();
  if (kind < 0.42) return zipf(random, FUNCTION_WORDS);
  if (kind < 0.72) return zipf(random, CONTENT_WORDS) + (random.next() < 0.25 ? "s" : "");
  if (kind < 0.88) return zipf(random, VERBS) + (random.next() < 0.3 ? random.pick(ENDINGS.slice(0, 4)) : "");
  if (kind < 0.91) return `${random.pick(CONTENT_WORDS)}${random.pick(ENDINGS.slice(4))}`;
  if (kind < 0.94 && place > 0) {
    const name = inventedWord(random, 2 + random.below(2));
    return name[0].toUpperCase() + name.slice(1);
  }
  if (kind < 0.96) return `${1980 + random.below(50)}`;
  if (kind < 0.97) return `${random.below(100)}.${random.below(10)}%`;
  if (kind < 0.98) return `${random.pick(VERBS)}n't`;
  if (kind < 0.99) return `${random.pick(CONTENT_WORDS)}-${random.pick(CONTENT_WORDS)}`;
  return `(${random.pick(CONTENT_WORDS)})`;
}

/** The r-th word with a frequency of about 1/r. */
function zipf(/** @type {import("./random.mjs").Random} */ random, /** @type {readonly string[]} */ words) {
  return words[Math.floor(words.length ** random.next()) - 1] ?? words[0];
}
