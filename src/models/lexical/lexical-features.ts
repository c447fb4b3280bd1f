import type { SequenceFeatures, TokenSequence } from "../pack.js";
import { MATCH, MATCH_ROWS, PLACE_ROWS } from "./layout.js";
import { KIND, Lexicon, type Pieces } from "./lexicon.js";
import { NumberMap } from "./number-map.js";
import { PAIR_FEATURES, writePairFeatures } from "./pair-features.js";
import { findPhrases } from "./phrases.js";
import { QueryTerms } from "./query-terms.js";
import { Side } from "./side.js";

/** As the graph's inputs are called. */
export const FEATURES = {
  tokens: ["matches", "places"],
  sequences: { name: "pairs", size: PAIR_FEATURES.length },
} as const;

/**
 * What query and document have in common, word by word, from token ids and types alone:
 *
 * - `matches`: whether a token's word stands on the other side, itself or its stem, or at least this piece of
 *   a word, and how rare the word is;
 * - `places`: for query tokens how often the document holds the word, and whether beside the same neighbour;
 *   for document tokens the latter;
 * - `pairs`: numbers of the pair as a whole, see `PAIR_FEATURES`.
 *
 * A sequence is `[CLS] query [SEP] document [SEP]` with token type 0 for the query and its [SEP].
 */
export class LexicalFeatures implements SequenceFeatures {
  readonly names = FEATURES;
  readonly #unknownId: number;
  readonly #rarity: ArrayLike<number>;
  readonly #lexicon: Lexicon;
  // What follows is reused by every sequence.
  readonly #query = new Side();
  readonly #document = new Side();
  readonly #terms = new QueryTerms();
  readonly #otherWords = new NumberMap();
  readonly #otherPieces = new NumberMap();
  readonly #beginnings = new NumberMap();

  /**
   * @param rarity level by id, 0 to RARITIES − 1: of the word that a piece is by itself, or, of a piece inside
   *   words, of the piece; that of the unknown id is for all words of several pieces
   */
  constructor(pieces: Pieces, rarity: ArrayLike<number>) {
    this.#unknownId = pieces.unknownId;
    this.#rarity = rarity;
    this.#lexicon = new Lexicon(pieces);
  }

  write(sequence: TokenSequence, into: readonly Int32Array[], pair: Float32Array): void {
    const [query, document, terms] = [this.#query, this.#document, this.#terms];
    const [matches, places] = into as [Int32Array, Int32Array];
    this.#readWords(sequence);
    terms.read(query, document);
    const phrases = findPhrases(query, document, terms);
    this.#writeMatches(sequence.ids, query, document, MATCH_ROWS.query, matches);
    this.#writeMatches(sequence.ids, document, query, MATCH_ROWS.document, matches);
    writePlaces(query, terms, phrases.query, PLACE_ROWS.query, places);
    writePlaces(document, terms, phrases.document, (_, inPhrase) => PLACE_ROWS.document(inPhrase), places);
    this.#beginnings.clear();
    for (let i = 0; i < document.length; i++) {
      if (document.beginnings[i] !== -1) this.#beginnings.set(document.beginnings[i]!, 1);
    }
    writePairFeatures(pair, query, document, terms, phrases, this.#beginnings);
  }

  #readWords({ ids, typeIds }: TokenSequence): void {
    const lexicon = this.#lexicon;
    const { kinds } = lexicon;
    lexicon.tidy();
    this.#query.clear();
    this.#document.clear();
    for (let from = 0, to = 0; from < ids.length; from = to) {
      to = from + 1;
      const first = ids[from]!;
      if (kinds[first] === KIND.none) continue;
      const type = typeIds[from];
      while (to < ids.length && kinds[ids[to]!] === KIND.continues && typeIds[to] === type) to++;
      const word = lexicon.word(ids, from, to);
      const rarity = this.#rarity[to === from + 1 ? first : this.#unknownId]!;
      (type === 0 ? this.#query : this.#document).push(
        ...([from, to, word, lexicon.stem(word), lexicon.beginning(word), rarity] as const),
      );
    }
  }

  #writeMatches(
    ids: Int32Array,
    side: Side,
    other: Side,
    row: (match: number, rarity: number) => number,
    matches: Int32Array,
  ): void {
    const [words, pieces] = [this.#otherWords, this.#otherPieces];
    const stems = this.#stemsOf(other);
    words.clear();
    pieces.clear();
    for (let i = 0; i < other.length; i++) {
      if (other.words[i] === -1) continue;
      words.set(other.words[i]!, 1);
      for (let token = other.from[i]!; token < other.to[i]!; token++) pieces.set(ids[token]!, 1);
    }
    for (let i = 0; i < side.length; i++) {
      const rarity = side.rarities[i]!;
      const found = words.has(side.words[i]!) ? MATCH.word : stems(side.stems[i]!) ? MATCH.stem : MATCH.none;
      for (let token = side.from[i]!; token < side.to[i]!; token++) {
        const id = ids[token]!;
        matches[token] =
          found === MATCH.none && pieces.has(id) ? row(MATCH.piece, this.#rarity[id]!) : row(found, rarity);
      }
    }
  }

  /** Whether a side holds a stem, for stems of the other side. */
  #stemsOf(side: Side): (stem: number) => boolean {
    const terms = this.#terms;
    return side === this.#query
      ? (stem) => terms.slot(stem) !== -1
      : (stem) => terms.count(terms.slot(stem)) > 0;
  }
}

function writePlaces(
  side: Side,
  terms: QueryTerms,
  withNext: readonly boolean[],
  row: (count: number, inPhrase: boolean) => number,
  places: Int32Array,
): void {
  for (let i = 0; i < side.length; i++) {
    const inPhrase = withNext[i] === true || withNext[i - 1] === true;
    const place = row(terms.count(terms.slot(side.stems[i]!)), inPhrase);
    for (let token = side.from[i]!; token < side.to[i]!; token++) places[token] = place;
  }
}
