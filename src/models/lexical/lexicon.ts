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

/** What an id is. */
export const KIND = { begins: 0, continues: 1, special: 2 } as const;

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

  constructor({ pieces, specialIds, unknownId }: Pieces) {
    this.#pieces = pieces;
    this.#unknownId = unknownId;
    this.#single = new Int32Array(pieces.length).fill(-1);
    this.kinds = Uint8Array.from(pieces, (piece, id) => {
      if (specialIds.has(id)) return KIND.special;
      return piece.length > INSIDE.length && piece.startsWith(INSIDE) ? KIND.continues : KIND.begins;
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
    const text = stemOf(this.#texts[word]!);
    let stem = this.#stems.get(text);
    if (stem === undefined) {
      stem = this.#stems.size;
      this.#stems.set(text, stem);
    }
    this.#stemOf[word] = stem;
    return stem;
  }

  /** Makes room where there are very many words; all numbers given before are void then. */
  tidy(): void {
    if (this.#texts.length < MOST_WORDS) return;
    this.#single.fill(-1);
    this.#longer.clear();
    this.#stems.clear();
    this.#texts.length = 0;
    this.#stemOf.length = 0;
  }

  #add(text: string): number {
    this.#stemOf.push(-1);
    return this.#texts.push(text) - 1;
  }
}

/** Porter's stem of English-looking words; others are their own. */
function stemOf(word: string): string {
  return /^[a-z]{3,32}$/.test(word) ? stemmer(word) : word;
}
