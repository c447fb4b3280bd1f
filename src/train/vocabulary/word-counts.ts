import { Normalized } from "../../text/normalized.js";
import { bert } from "../../text/normalizers/bert.js";
import { type Normalizer, WHOLE } from "../../text/normalizers/normalizer.js";
import { bertWords } from "../../text/wordpiece/bert-words.js";

/** The BERT normalizer of the tokenizers trained here, as tokenizer.json spells it. */
export const NORMALIZER = {
  type: "BertNormalizer",
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: true,
  lowercase: true,
} as const;

/** Words of more characters are unknown to the tokenizer, so nothing is learned from them. */
export const LONGEST_WORD = 100;

/** What lies between ASCII white space and punctuation, which end a word whatever stands beside them. */
const RUN = /[^\t\n\r -/:-@[-`{-~]+|[!-/:-@[-`{-~]/g;

/**
 * Counts the words of texts as the tokenizer will see them: normalised, and split at white space and
 * punctuation. Runs of characters are counted as they stand, and each is normalised but once.
 */
export class WordCounts {
  readonly #runs = new Map<string, number>();
  readonly #normalize: Normalizer = bert({
    cleanText: NORMALIZER.clean_text,
    handleChineseChars: NORMALIZER.handle_chinese_chars,
    stripAccents: NORMALIZER.strip_accents,
    lowercase: NORMALIZER.lowercase,
  });

  add(text: string): void {
    for (const run of text.match(RUN) ?? []) this.#runs.set(run, (this.#runs.get(run) ?? 0) + 1);
  }

  /** Each word with how often it occurs; words too long are left out. */
  words(): Map<string, number> {
    const words = new Map<string, number>();
    for (const [run, count] of this.#runs) {
      const { text } = this.#normalize(new Normalized(run.toWellFormed(), 0), WHOLE);
      bertWords(text, 0, text.length, (from, to) => {
        const word = text.slice(from, to);
        if (word.length > LONGEST_WORD && [...word].length > LONGEST_WORD) return;
        words.set(word, (words.get(word) ?? 0) + count);
      });
    }
    return words;
  }
}
