/** The words of a query or a document, one number of each array for each; reused for one after another. */
export class Side {
  length = 0;
  /** Its tokens in the sequence, [from, to). */
  from = new Int32Array(64);
  to = new Int32Array(64);
  /** Its number in the lexicon. */
  words = new Int32Array(64);
  /** Its stem's number there. */
  stems = new Int32Array(64);
  /** Its beginning's number there. */
  beginnings = new Int32Array(64);
  /** Level of rarity. */
  rarities = new Int32Array(64);

  clear(): void {
    this.length = 0;
  }

  push(from: number, to: number, word: number, stem: number, beginning: number, rarity: number): void {
    if (this.length === this.from.length) this.#grow();
    const at = this.length++;
    this.from[at] = from;
    this.to[at] = to;
    this.words[at] = word;
    this.stems[at] = stem;
    this.beginnings[at] = beginning;
    this.rarities[at] = rarity;
  }

  #grow(): void {
    const larger = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(2 * array.length);
      copy.set(array);
      return copy;
    };
    this.from = larger(this.from);
    this.to = larger(this.to);
    this.words = larger(this.words);
    this.stems = larger(this.stems);
    this.beginnings = larger(this.beginnings);
    this.rarities = larger(this.rarities);
  }
}
