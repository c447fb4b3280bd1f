import { hashText } from "./hash.js";

const SEED = 0x9e3779b9 | 0;

/**
 * Remembers which texts it has met in 11 to 22 bytes each, whatever their length, by hashes of 64 bits.
 * Different texts may, very rarely, look the same.
 */
export class Fingerprints {
  #size = 0;
  /** Two words a slot; both 0 where it is free. */
  #slots = new Int32Array(2 * 1024);

  /** False where this text, or hardly ever another one with its hash, was added before. */
  add(text: string): boolean {
    const first = hashText(text);
    // Never two zeros.
    const second = hashText(text, SEED) || 1;
    if (!put(this.#slots, first, second)) return false;
    this.#size++;
    if (8 * this.#size > 3 * this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    for (let at = 0; at < this.#slots.length; at += 2) {
      if (this.#slots[at + 1] !== 0) put(slots, this.#slots[at]!, this.#slots[at + 1]!);
    }
    this.#slots = slots;
  }
}

function put(slots: Int32Array, first: number, second: number): boolean {
  const mask = slots.length - 2;
  let at = (first << 1) & mask;
  for (; slots[at + 1] !== 0; at = (at + 2) & mask) {
    if (slots[at] === first && slots[at + 1] === second) return false;
  }
  slots[at] = first;
  slots[at + 1] = second;
  return true;
}
