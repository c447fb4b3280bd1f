/** Texts whose number fits beside a hash into the 53 bits of a whole number. */
const MOST_TEXTS = 2 ** 21;
const BUCKET_BITS = 16;

/**
 * Which texts hold which shingles: sorted in one array, 13 bytes a shingle and text. Shingles can be taken for
 * stock phrases, which then count nowhere.
 */
export class ShingleIndex {
  /** hash · 2^21 + number of the text, ascending. */
  readonly #entries: Float64Array;
  /** Where the hashes with the same upper bits begin. */
  readonly #buckets: Uint32Array;
  /** Shingles of each text that are no stock phrases. */
  readonly #sizes: Uint32Array;
  /** How often `observe` met the hash, at its first entry. */
  readonly #observed: Uint32Array;
  /** 1 where a hash is a stock phrase, at its first entry. */
  readonly #stock: Uint8Array;
  /** Reused by every look-up. */
  readonly #counts: Uint32Array;

  /** @param texts the distinct shingles of each text; at most 2^21 texts */
  constructor(texts: readonly Uint32Array[]) {
    if (texts.length > MOST_TEXTS) throw new RangeError(`more than ${MOST_TEXTS} texts`);
    this.#sizes = Uint32Array.from(texts, (hashes) => hashes.length);
    this.#counts = new Uint32Array(texts.length);
    const entries = new Float64Array(texts.reduce((sum, hashes) => sum + hashes.length, 0));
    let at = 0;
    texts.forEach((hashes, text) => {
      for (const hash of hashes) entries[at++] = hash * MOST_TEXTS + text;
    });
    this.#entries = entries.sort();
    this.#observed = new Uint32Array(entries.length);
    this.#stock = new Uint8Array(entries.length);
    this.#buckets = new Uint32Array(2 ** BUCKET_BITS + 1);
    for (const entry of entries) this.#buckets[bucketOf(Math.floor(entry / MOST_TEXTS)) + 1]!++;
    for (let i = 0; i < 2 ** BUCKET_BITS; i++) this.#buckets[i + 1]! += this.#buckets[i]!;
  }

  /** Counts the shingles of one more text, for `dropStock`. */
  observe(hashes: Uint32Array): void {
    for (const hash of hashes) {
      const first = this.#first(hash);
      if (first !== undefined) this.#observed[first]!++;
    }
  }

  /** Takes for stock what stands in more than `most` texts, those here and those observed. @returns how many */
  dropStock(most: number): number {
    let dropped = 0;
    for (let first = 0, end = 0; first < this.#entries.length; first = end) {
      const hash = Math.floor(this.#entries[first]! / MOST_TEXTS);
      end = this.#end(first, hash);
      if (this.#stock[first] || end - first + this.#observed[first]! <= most) continue;
      this.#stock[first] = 1;
      dropped++;
      for (let at = first; at < end; at++) this.#sizes[this.#entries[at]! % MOST_TEXTS]!--;
    }
    return dropped;
  }

  /**
   * The first text of which at least `least` of the shingles are common, as a share of the smaller set of the
   * two; both sets must hold `fewest` or more.
   */
  find(hashes: Uint32Array, least: number, fewest: number): number | undefined {
    const touched: number[] = [];
    let asked = hashes.length;
    for (const hash of hashes) {
      if (asked < fewest) break;
      const first = this.#first(hash);
      if (first === undefined) continue;
      if (this.#stock[first]) {
        asked--;
        continue;
      }
      for (let at = first, end = this.#end(first, hash); at < end; at++) {
        const text = this.#entries[at]! % MOST_TEXTS;
        if (this.#counts[text]!++ === 0) touched.push(text);
      }
    }
    const similar = touched.filter((text) => {
      const size = this.#sizes[text]!;
      return asked >= fewest && size >= fewest && this.#counts[text]! >= least * Math.min(size, asked);
    });
    for (const text of touched) this.#counts[text] = 0;
    return similar.length === 0 ? undefined : similar.reduce((first, text) => Math.min(first, text));
  }

  /** The first entry of a hash. */
  #first(hash: number): number | undefined {
    let low = this.#buckets[bucketOf(hash)]!;
    let high = this.#buckets[bucketOf(hash) + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]! < hash * MOST_TEXTS) low = middle + 1;
      else high = middle;
    }
    return this.#end(low, hash) > low ? low : undefined;
  }

  /** Behind the last entry of a hash whose entries begin at `first`. */
  #end(first: number, hash: number): number {
    let end = first;
    while (end < this.#entries.length && this.#entries[end]! < (hash + 1) * MOST_TEXTS) end++;
    return end;
  }
}

function bucketOf(hash: number): number {
  return hash >>> (32 - BUCKET_BITS);
}
