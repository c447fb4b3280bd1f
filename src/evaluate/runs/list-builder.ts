import type { ScoredList } from "./run.js";

/**
 * Gathers the documents of one query and notices one that comes twice. Its hash table holds positions rather
 * than the ids, and takes hashes that the reader computes from bytes: in a run of a million lines a `Set` of
 * strings would cost more than all the rest.
 */
export class ListBuilder {
  readonly #ids: string[] = [];
  #scores: Float64Array;
  #hashes: Int32Array;
  /** Position + 1 of the id in a slot; 0 where the slot is free. At most half of them are taken. */
  #slots: Int32Array;

  /** @param expected Documents that there is room for at first; more may come. */
  constructor(expected: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(8, expected)));
    this.#scores = new Float64Array(room);
    this.#hashes = new Int32Array(room);
    this.#slots = new Int32Array(2 * room);
  }

  get size(): number {
    return this.#ids.length;
  }

  /** False, changing nothing, where the list has the id already. @param hash Equal for equal ids. */
  add(id: string, hash: number, score: number): boolean {
    const position = this.#ids.length;
    if (position === this.#hashes.length) this.#grow();
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot]!; taken > 0; taken = this.#slots[slot]!) {
      if (this.#hashes[taken - 1] === hash && this.#ids[taken - 1] === id) return false;
      slot = (slot + 1) & mask;
    }
    this.#ids.push(id);
    this.#scores[position] = score;
    this.#hashes[position] = hash;
    this.#slots[slot] = position + 1;
    return true;
  }

  /** What was added, in that order. */
  list(): ScoredList {
    return { ids: this.#ids, scores: this.#scores.slice(0, this.size) };
  }

  #grow(): void {
    const room = 2 * this.#hashes.length;
    const scores = new Float64Array(room);
    const hashes = new Int32Array(room);
    scores.set(this.#scores);
    hashes.set(this.#hashes);
    const slots = new Int32Array(2 * room);
    const mask = slots.length - 1;
    for (let position = 0; position < this.#ids.length; position++) {
      let slot = hashes[position]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = position + 1;
    }
    this.#scores = scores;
    this.#hashes = hashes;
    this.#slots = slots;
  }
}
