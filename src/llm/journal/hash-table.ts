/** Numbers of 31 bits by keys of 128, in 20 bytes a slot. */
export class HashTable {
  #size = 0;
  /** Four words a slot. */
  #keys = new Uint32Array(4 * 1024);
  /** One more than the number; 0 for a free slot. */
  #values = new Int32Array(1024);

  get(key: Uint32Array): number | undefined {
    const value = this.#values[this.#slotOf(key)]!;
    return value === 0 ? undefined : value - 1;
  }

  /** The key must be new. */
  add(key: Uint32Array, value: number): void {
    if (8 * (this.#size + 1) > 5 * this.#values.length) this.#grow();
    this.#put(key, value + 1);
    this.#size++;
  }

  #put(key: Uint32Array, value: number): void {
    const slot = this.#slotOf(key);
    this.#keys.set(key, 4 * slot);
    this.#values[slot] = value;
  }

  /** Where the key is, or would go. */
  #slotOf(key: Uint32Array): number {
    const mask = this.#values.length - 1;
    let slot = key[0]! & mask;
    while (this.#values[slot] !== 0 && !this.#holds(slot, key)) slot = (slot + 1) & mask;
    return slot;
  }

  #holds(slot: number, key: Uint32Array): boolean {
    for (let i = 0; i < 4; i++) if (this.#keys[4 * slot + i] !== key[i]) return false;
    return true;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Uint32Array(2 * keys.length);
    this.#values = new Int32Array(2 * values.length);
    for (const [slot, value] of values.entries()) {
      if (value !== 0) this.#put(keys.subarray(4 * slot, 4 * slot + 4), value);
    }
  }
}
