import { analyzer } from "../../retrieve/index.js";
import { plainWords } from "./plain-words.js";
import { ShingleIndex } from "./shingle-index.js";
import { shingleHashes } from "./shingles.js";

/** A text that must not be trained on. */
export interface TestText {
  /** The collection it belongs to. */
  readonly set: string;
  readonly role: "query" | "passage";
  readonly title?: string | undefined;
  readonly text: string;
}

/** How a training text was found among the test texts. */
export interface Leak {
  readonly set: string;
  readonly role: "query" | "passage";
  /**
   * `equal`: the same words in the same order. `terms`: a question of the same terms. `contained`: half of the
   * shorter one's runs of eight words stand in the other.
   */
  readonly rule: "equal" | "terms" | "contained";
}

/** Words in a run, and the share of common runs, that show one text to be in another. */
const RUN = 8;
const CONTAINED = 0.5;
/** Runs that both texts need; they have 15 words then. */
const FEWEST_RUNS = 8;
/** A run in more texts than this, here and in the training data, is a stock phrase. */
const STOCK = 10;
/** Words from which a question and a passage are compared with each other. */
const LONG = 8;
/** Words that ask without saying what for, unlike "who" or "when"; possessives leave an "s". */
const ASKING: ReadonlySet<string> = new Set(
  "what which do does did can could would should i you we me us my your our s t".split(" "),
);
/** Terms that two questions need to be the same by their terms. */
const FEWEST_TERMS = 2;

/**
 * Test texts, to be asked whether a training text is one of them or nearly so. All comparisons leave out
 * case, punctuation and the width of characters:
 *
 * - `equal`: question with question and passage with passage, the passage with or without its title; a
 *   question with a passage from 8 words on;
 * - `terms`: two questions with the same set of English stems, at least 2 of them, without stop words
 *   and words such as "what";
 * - `contained`: texts of 15 words or more, of either role, where at least half of the runs of eight words of
 *   the one with fewer runs stand in the other. Runs in more than ten texts, such as sentences of a template,
 *   count nowhere, and eight others are needed; `observe` tells of the training texts, `dropStock` counts.
 */
export class LeakIndex {
  /** Test texts. */
  readonly size: number;
  readonly #texts: readonly Pick<TestText, "set" | "role">[];
  /** The first text by its role and words, or terms. */
  readonly #keys: ReadonlyMap<string, number>;
  readonly #shingles: ShingleIndex;
  readonly #analyzer = analyzer("english");

  constructor(texts: readonly TestText[]) {
    this.size = texts.length;
    this.#texts = texts.map(({ set, role }) => ({ set, role }));
    const keys = new Map<string, number>();
    const shingles = texts.map((text, number) => {
      const words = plainWords(text.text);
      for (const key of [...equalKeys(text, words), ...this.#termKeys(text)]) {
        if (!keys.has(key)) keys.set(key, number);
      }
      return shingleHashes(words, RUN);
    });
    this.#keys = keys;
    this.#shingles = new ShingleIndex(shingles);
  }

  /** The test text that a training text is, if there is one. */
  find(text: Omit<TestText, "set">): Leak | undefined {
    const words = plainWords(text.text);
    const equal = this.#lookUp(equalKeys(text, words));
    if (equal) return { ...equal, rule: "equal" };
    const terms = this.#lookUp(this.#termKeys(text));
    if (terms) return { ...terms, rule: "terms" };
    const near = this.#shingles.find(shingleHashes(words, RUN), CONTAINED, FEWEST_RUNS);
    return near === undefined ? undefined : { ...this.#texts[near]!, rule: "contained" };
  }

  /** Counts the runs of a training text; each text once. */
  observe(text: string): void {
    this.#shingles.observe(shingleHashes(plainWords(text), RUN));
  }

  /** Takes for stock phrases what stands in too many of the test texts and observed texts. @returns how many */
  dropStock(): number {
    return this.#shingles.dropStock(STOCK);
  }

  #lookUp(keys: readonly string[]): Pick<TestText, "set" | "role"> | undefined {
    for (const key of keys) {
      const number = this.#keys.get(key);
      if (number !== undefined) return this.#texts[number];
    }
    return undefined;
  }

  #termKeys({ role, text }: Omit<TestText, "set">): string[] {
    if (role !== "query") return [];
    const told = plainWords(text).filter((word) => !ASKING.has(word));
    const terms = [...new Set(this.#analyzer.analyze(told.join(" ")))].sort();
    return terms.length < FEWEST_TERMS ? [] : [`terms:${terms.join(" ")}`];
  }
}

/** @param words of the text without its title */
function equalKeys({ role, title = "" }: Omit<TestText, "set">, words: readonly string[]): string[] {
  const forms = title === "" ? [words] : [words, [...plainWords(title), ...words]];
  return forms
    .filter((form) => form.length > 0)
    .flatMap((form) => {
      const plain = form.join(" ");
      return form.length < LONG ? [`${role}:${plain}`] : [`${role}:${plain}`, `long:${plain}`];
    });
}
