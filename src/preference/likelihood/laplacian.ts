import type { Random } from "../../numbers/random.js";
import type { Pairs } from "../comparisons/place-comparisons.js";
import type { Information } from "./likelihood.js";

/** The Laplacian of a graph whose edges have weights: what a pairwise likelihood curves like. */
export class Laplacian implements Information {
  readonly diagonal: Float64Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #weights: Float64Array;

  /** @param weights at least 0, one per pair */
  constructor({ size, first, second }: Pick<Pairs, "size" | "first" | "second">, weights: Float64Array) {
    this.#first = first;
    this.#second = second;
    this.#weights = weights;
    const diagonal = new Float64Array(size);
    for (let edge = 0; edge < weights.length; edge++) {
      diagonal[first[edge]!]! += weights[edge]!;
      diagonal[second[edge]!]! += weights[edge]!;
    }
    this.diagonal = diagonal;
  }

  multiply(vector: Float64Array, out: Float64Array): void {
    const [first, second, weights] = [this.#first, this.#second, this.#weights];
    out.fill(0);
    for (let edge = 0; edge < weights.length; edge++) {
      const i = first[edge]!;
      const j = second[edge]!;
      const flow = weights[edge]! * (vector[i]! - vector[j]!);
      out[i]! += flow;
      out[j]! -= flow;
    }
  }

  addTo(matrix: Float64Array): void {
    const n = this.diagonal.length;
    for (let i = 0; i < n; i++) matrix[i * n + i]! += this.diagonal[i]!;
    for (let edge = 0; edge < this.#weights.length; edge++) {
      const [i, j] = [this.#first[edge]!, this.#second[edge]!];
      matrix[Math.max(i, j) * n + Math.min(i, j)]! -= this.#weights[edge]!;
    }
  }

  noise(random: Random, out: Float64Array): void {
    out.fill(0);
    for (let edge = 0; edge < this.#weights.length; edge++) {
      const flow = Math.sqrt(this.#weights[edge]!) * random.normal();
      out[this.#first[edge]!]! += flow;
      out[this.#second[edge]!]! -= flow;
    }
  }
}
