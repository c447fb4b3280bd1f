/** A seeded stream of numbers (mulberry32): the same seed gives the same models and texts everywhere. */
export class Random {
  #state;

  /** @param {string} seed */
  constructor(seed) {
    this.#state = 2166136261;
    for (let i = 0; i < seed.length; i++) {
      this.#state = Math.imul(this.#state ^ seed.charCodeAt(i), 16777619);
    }
  }

  /** Uniform in [0, 1). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number in [0, limit). */
  below(/** @type {number} */ limit) {
    return Math.floor(this.next() * limit);
  }

  /**
   * @template T
   * @param {readonly T[]} items
   * @returns {T}
   */
  pick(items) {
    return items[this.below(items.length)];
  }

  /**
   * A copy in random order (Fisher and Yates).
   * @template T
   * @param {readonly T[]} items
   * @returns {T[]}
   */
  shuffle(items) {
    const copy = items.slice();
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }

  /**
   * Normally distributed numbers around `mean` (Box and Muller).
   * @param {number} count
   * @param {number} deviation
   */
  normal(count, deviation, mean = 0) {
    const out = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - this.next()));
      const angle = 2 * Math.PI * this.next();
      out[i] = mean + radius * Math.cos(angle);
      if (i + 1 < count) out[i + 1] = mean + radius * Math.sin(angle);
    }
    return out;
  }
}
