/**
 * A map from small whole numbers to whole numbers, which is emptied at once however full it is: entries are
 * valid only in the round in which they were set.
 */
export class NumberMap {
  #values = new Int32Array(1024);
  #rounds = new Int32Array(1024);
  #round = 1;

  clear(): void {
    this.#round++;
  }

  has(key: number): boolean {
    return this.#rounds[key] === this.#round;
  }

  /** −1 where there is none. */
  get(key: number): number {
    return this.#rounds[key] === this.#round ? this.#values[key]! : -1;
  }

  set(key: number, value: number): void {
    if (key >= this.#values.length) this.#grow(key);
    this.#rounds[key] = this.#round;
    this.#values[key] = value;
  }

  #grow(key: number): void {
    const [values, rounds] = [this.#values, this.#rounds];
    this.#values = new Int32Array(2 * key);
    this.#rounds = new Int32Array(2 * key);
    this.#values.set(values);
    this.#rounds.set(rounds);
  }
}
