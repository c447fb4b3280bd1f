import { PairQueue, type PiecePair } from "./pair-queue.js";

/** Ids are below this, so that two of them make one key. */
const MOST_PIECES = 2 ** 24;

/**
 * Words as rows of piece ids, in which pairs of pieces are merged one after the other, with the count of
 * every pair kept up to date.
 */
export class PieceWords {
  readonly #pieces: Int32Array;
  /** Where each word begins; one more at the end. */
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #counts: Float64Array;
  readonly #pairs = new Map<number, PiecePair>();
  readonly #queue = new PairQueue();
  /** Pairs that became more frequent in the merge under way. */
  readonly #grown = new Set<PiecePair>();

  /** @param words piece ids of each word and how often it occurs */
  constructor(words: readonly (readonly [ids: readonly number[], count: number])[]) {
    this.#starts = new Int32Array(words.length + 1);
    words.forEach(([ids], i) => {
      this.#starts[i + 1] = this.#starts[i]! + ids.length;
    });
    this.#pieces = new Int32Array(this.#starts[words.length]!);
    this.#lengths = Int32Array.from(words, ([ids]) => ids.length);
    this.#counts = Float64Array.from(words, ([, count]) => count);
    words.forEach(([ids, count], word) => {
      this.#pieces.set(ids, this.#starts[word]!);
      for (let i = 1; i < ids.length; i++) this.#add(ids[i - 1]!, ids[i]!, count, word);
    });
    this.#queueGrown();
  }

  /** The most frequent pair that is not merged yet, each one once. */
  mostFrequent(): PiecePair | undefined {
    return this.#queue.pop();
  }

  /** Puts `merged` in the place of the pair wherever it stands, from left to right. */
  merge(pair: PiecePair, merged: number): void {
    const { words } = pair;
    pair.words = [];
    for (const word of words) this.#mergeIn(word, pair, merged);
    pair.count = 0;
    this.#grown.delete(pair);
    this.#queueGrown();
  }

  #mergeIn(word: number, { left, right }: PiecePair, merged: number): void {
    const pieces = this.#pieces;
    const start = this.#starts[word]!;
    const end = start + this.#lengths[word]!;
    const count = this.#counts[word]!;
    let kept = start;
    for (let i = start; i < end; i++) {
      const piece = pieces[i]!;
      if (piece !== left || i + 1 >= end || pieces[i + 1] !== right) {
        pieces[kept++] = piece;
        continue;
      }
      if (kept > start) {
        const previous = pieces[kept - 1]!;
        this.#add(previous, left, -count, word);
        this.#add(previous, merged, count, word);
      }
      if (i + 2 < end) {
        const next = pieces[i + 2]!;
        this.#add(right, next, -count, word);
        this.#add(merged, next, count, word);
      }
      pieces[kept++] = merged;
      i++;
    }
    this.#lengths[word] = kept - start;
  }

  #add(left: number, right: number, count: number, word: number): void {
    const key = left * MOST_PIECES + right;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, words: [] };
      this.#pairs.set(key, pair);
    }
    pair.count += count;
    if (count < 0) return;
    if (pair.words.at(-1) !== word) pair.words.push(word);
    this.#grown.add(pair);
  }

  #queueGrown(): void {
    for (const pair of this.#grown) if (pair.count > 0) this.#queue.push(pair);
    this.#grown.clear();
  }
}
