/** A list of unsigned 32-bit numbers that grows by doubling. */
export class GrowingUint32 {
  length = 0;
  #values = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** The numbers pushed so far, not copied: valid until the next `push`. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }
}
