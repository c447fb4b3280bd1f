import { stemmer } from "stemmer";

/** A vocabulary as matching needs it. */
export interface Pieces {
  /** By id. Pieces inside a word begin with `##`. */
  readonly pieces: readonly string[];
  /** Ids that stand for no text, the unknown one excluded. */
  readonly specialIds: ReadonlySet<number>;
  readonly unknownId: number;
}

/** More words than this are forgotten, to be numbered anew. */
const MOST_WORDS = 2 ** 18;
const INSIDE = "##";

/** What an id is: the beginning of a word or its continuation, or no word (special tokens, punctuation). */
export const KIND = { begins: 0, continues: 1, none: 2 } as const;

/** Longer words that share so many letters at the beginning are often related. */
const BEGINNING = 4;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Numbers words, which are given as rows of piece ids, and their stems. Equal numbers mean equal words, as the
 * tokenizer's normalizer leaves them, and equal stems. A word with an unknown part has the number −1.
 */
export class Lexicon {
  /** By id, its KIND. */
  readonly kinds: Uint8Array;
  readonly #pieces: readonly string[];
  readonly #unknownId: number;
  /** Words of one piece, by id; −1 until they occur. */
  readonly #single: Int32Array;
  /** Longer words, by the word without its last piece and that piece. */
  readonly #longer = new Map<number, number>();
  readonly #texts: string[] = [];
  /** By word; −1 until somebody asks. */
  readonly #stemOf: number[] = [];
  readonly #stems = new Map<string, number>();
  /** Likewise. */
  readonly #beginningOf: number[] = [];
  readonly #beginnings = new Map<string, number>();

  constructor({ pieces, specialIds, unknownId }: Pieces) {
    this.#pieces = pieces;
    this.#unknownId = unknownId;
    this.#single = new Int32Array(pieces.length).fill(-1);
    this.kinds = Uint8Array.from(pieces, (piece, id) => {
      if (specialIds.has(id)) return KIND.none;
      if (piece.length > INSIDE.length && piece.startsWith(INSIDE)) return KIND.continues;
      return LETTER_OR_DIGIT.test(piece) ? KIND.begins : KIND.none;
    });
  }

  /** The number of the word ids[from, to). */
  word(ids: Int32Array, from: number, to: number): number {
    const first = ids[from]!;
    if (first === this.#unknownId) return -1;
    let word = this.#single[first]!;
    if (word === -1) {
      word = this.#add(this.#pieces[first]!);
      this.#single[first] = word;
    }
    for (let i = from + 1; i < to; i++) {
      const key = word * this.#pieces.length + ids[i]!;
      const known = this.#longer.get(key);
      word = known ?? this.#add(this.#texts[word] + this.#pieces[ids[i]!]!.slice(INSIDE.length));
      if (known === undefined) this.#longer.set(key, word);
    }
    return word;
  }

  /** The number of a word's stem, −1 of an unknown word's; stems are numbered apart from words. */
  stem(word: number): number {
    if (word === -1) return -1;
    const known = this.#stemOf[word]!;
    if (known !== -1) return known;
    const stem = numberOf(stemOf(this.#texts[word]!), this.#stems);
    this.#stemOf[word] = stem;
    return stem;
  }

  /** The number of a word's first four characters, −1 of shorter and of unknown words; numbered apart too. */
  beginning(word: number): number {
    if (word === -1) return -1;
    const text = this.#texts[word]!;
    if (text.length < BEGINNING) return -1;
    const known = this.#beginningOf[word]!;
    if (known !== -1) return known;
    const beginning = numberOf(text.slice(0, BEGINNING), this.#beginnings);
    this.#beginningOf[word] = beginning;
    return beginning;
  }

  /** Makes room where there are very many words; all numbers given before are void then. */
  tidy(): void {
    if (this.#texts.length < MOST_WORDS) return;
    this.#single.fill(-1);
    this.#longer.clear();
    this.#stems.clear();
    this.#texts.length = 0;
    this.#stemOf.length = 0;
    this.#beginnings.clear();
    this.#beginningOf.length = 0;
  }

  #add(text: string): number {
    this.#stemOf.push(-1);
    this.#beginningOf.push(-1);
    return this.#texts.push(text) - 1;
  }
}

function numberOf(text: string, numbers: Map<string, number>): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}

/** Porter's stem of English-looking words; others are their own. */
function stemOf(word: string): string {
  return /^[a-z]{3,32}$/.test(word) ? stemmer(word) : word;
}
