import { type Word, wordsOf } from "./words.js";

/** A known text in a prompt. */
export interface Found {
  readonly text: string;
  /** Words of it that stand there. */
  readonly words: number;
  /** Offsets (UTF-16 units, end exclusive) into the prompt. */
  readonly start: number;
  readonly end: number;
}

interface Known {
  readonly text: string;
  readonly words: readonly string[];
}

/** Templates cut long texts; so many words tell one from another. */
const ENOUGH_WORDS = 8;

/**
 * Finds known texts in prompts by their words, whole or cut after at least eight of them: templates change
 * brackets, quotes and white space. Of texts that begin alike, the one that agrees longest is found.
 */
export class TextFinder {
  /** By their first eight words, or all of fewer. */
  readonly #byBeginning = new Map<string, Known[]>();
  readonly #firstWords = new Set<string>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      const words = wordsOf(text).map((word) => word.text);
      // Words cannot find what has none.
      if (words.length === 0) continue;
      this.#firstWords.add(words[0] as string);
      const key = words.slice(0, ENOUGH_WORDS).join(" ");
      const others = this.#byBeginning.get(key);
      if (others) others.push({ text, words });
      else this.#byBeginning.set(key, [{ text, words }]);
    }
  }

  /** In the order of the prompt, none inside another. */
  find(prompt: string): readonly Found[] {
    const words = wordsOf(prompt);
    const found: Found[] = [];
    for (let at = 0; at < words.length; ) {
      const best = this.#firstWords.has(words[at]!.text) ? this.#longestAt(words, at, prompt) : undefined;
      if (best) found.push(best);
      at += best?.words ?? 1;
    }
    return found;
  }

  #longestAt(words: readonly Word[], at: number, prompt: string): Found | undefined {
    let best: Found | undefined;
    let key = "";
    for (let length = 1; length <= ENOUGH_WORDS && at + length <= words.length; length++) {
      key += `${length === 1 ? "" : " "}${words[at + length - 1]!.text}`;
      for (const known of this.#byBeginning.get(key) ?? []) {
        const count = agreeing(known.words, words, at);
        // Texts of the same words differ in what stands between them.
        if (count === best?.words && !prompt.includes(known.text)) continue;
        if (count < (best?.words ?? 0)) continue;
        best = { text: known.text, words: count, start: words[at]!.start, end: words[at + count - 1]!.end };
      }
    }
    return best;
  }
}

function agreeing(known: readonly string[], words: readonly Word[], at: number): number {
  let count = 0;
  while (count < known.length && words[at + count]?.text === known[count]) count++;
  return count;
}
