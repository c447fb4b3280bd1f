/** FNV-1a over UTF-16 units: start with the seed, then `hash = Math.imul(hash ^ unit, HASH_PRIME)`. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Longer words are rare enough to be worked out each time. */
export const LONGEST_CACHED_WORD = 64;

const MAX_WORDS = 1 << 16;
const FIELDS = 4;

/** A token of a word and the units of the word that it stands for. */
export interface WordToken {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Remembers the tokens of words. Keys are compared inside the text, so that a hit costs neither a
 * substring nor an allocation. When it is full it starts anew: common words are back at once.
 *
 * A word is stored in `values` as a count n followed by n ids, or, where tokens have places of their
 * own inside the word, as -n followed by n times (id, from, to).
 */
export class WordCache {
  values = new Int32Array(1 << 12);
  private used = 0;
  private words = 0;
  private slots: Int32Array;
  private mask: number;
  private keys = new Uint16Array(1 << 13);
  private keysUsed = 0;
  private readonly maxWords: number;

  constructor(maxWords: number = MAX_WORDS) {
    this.maxWords = maxWords;
    this.mask = (1 << 11) - 1;
    this.slots = new Int32Array(FIELDS << 11);
  }

  /** Where in `values` the word text[from, to) is stored, or -1. */
  find(text: string, from: number, to: number, hash: number): number {
    const { slots, keys, mask } = this;
    const length = to - from;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * FIELDS;
      const value = slots[at]!;
      if (value === 0) return -1;
      if (slots[at + 1] !== hash || slots[at + 3] !== length) continue;
      const key = slots[at + 2]!;
      let i = 0;
      while (i < length && keys[key + i] === text.charCodeAt(from + i)) i++;
      if (i === length) return value - 1;
    }
  }

  /**
   * Stores a word of at most LONGEST_CACHED_WORD units that `find` did not find, and says where. The
   * places of its tokens count from the start of a part of `length` units.
   */
  add(
    text: string,
    from: number,
    to: number,
    hash: number,
    tokens: readonly WordToken[],
    length: number,
  ): number {
    const spans = tokens.some((token) => token.from !== 0 || token.to !== length);
    const needed = 1 + tokens.length * (spans ? 3 : 1);
    if (this.words >= this.maxWords) this.clear();
    if (this.words * 2 > this.mask) this.growSlots();
    this.reserveValues(needed);
    this.reserveKeys(to - from);
    let slot = spread(hash) & this.mask;
    while (this.slots[slot * FIELDS] !== 0) slot = (slot + 1) & this.mask;
    this.slots.set([this.used + 1, hash, this.keysUsed, to - from], slot * FIELDS);
    for (let i = from; i < to; i++) this.keys[this.keysUsed++] = text.charCodeAt(i);
    const at = this.used;
    this.values[this.used++] = spans ? -tokens.length : tokens.length;
    for (const token of tokens) {
      this.values[this.used++] = token.id;
      if (!spans) continue;
      this.values[this.used++] = token.from;
      this.values[this.used++] = token.to;
    }
    this.words++;
    return at;
  }

  private clear(): void {
    this.slots.fill(0);
    this.used = 0;
    this.keysUsed = 0;
    this.words = 0;
  }

  private growSlots(): void {
    const old = this.slots;
    this.mask = this.mask * 2 + 1;
    this.slots = new Int32Array(FIELDS * (this.mask + 1));
    for (let at = 0; at < old.length; at += FIELDS) {
      if (old[at] === 0) continue;
      let slot = spread(old[at + 1]!) & this.mask;
      while (this.slots[slot * FIELDS] !== 0) slot = (slot + 1) & this.mask;
      this.slots.set(old.subarray(at, at + FIELDS), slot * FIELDS);
    }
  }

  private reserveValues(more: number): void {
    if (this.used + more <= this.values.length) return;
    const larger = new Int32Array(Math.max(2 * this.values.length, this.used + more));
    larger.set(this.values);
    this.values = larger;
  }

  private reserveKeys(more: number): void {
    if (this.keysUsed + more <= this.keys.length) return;
    const larger = new Uint16Array(Math.max(2 * this.keys.length, this.keysUsed + more));
    larger.set(this.keys);
    this.keys = larger;
  }
}

/** FNV mixes little into its low bits. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
