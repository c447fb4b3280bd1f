import type { Random } from "../../numbers/random.js";
import type { Information } from "../likelihood/likelihood.js";
import { invertFromFactor, solveUpper } from "../linear/cholesky.js";
import { precisionFactor } from "../linear/precision.js";
import { removeMean, type ScoreCovariance } from "./score-covariance.js";

/** All of the covariance, by Cholesky's method: n³/2 multiplications, n² numbers. */
export class DenseCovariance implements ScoreCovariance {
  readonly #size: number;
  readonly #factor: Float64Array;
  #inverse: Float64Array | undefined;

  constructor(information: Information, lambda: number) {
    this.#size = information.diagonal.length;
    this.#factor = precisionFactor(information, lambda);
  }

  variances(): Float64Array {
    const n = this.#size;
    return Float64Array.from({ length: n }, (_, i) => Math.max(0, this.#matrix[i * n + i]!));
  }

  block(places: Int32Array): Float64Array {
    const k = places.length;
    const block = new Float64Array(k * k);
    for (let r = 0; r < k; r++)
      for (let c = 0; c < k; c++) block[r * k + c] = this.#matrix[places[r]! * this.#size + places[c]!]!;
    return block;
  }

  sample(random: Random, out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = random.normal();
    solveUpper(this.#factor, this.#size, out);
    removeMean(out);
  }

  /**
   * The inverse without its part along 1, an eigenvector: every entry less the mean of a row, which is that
   * of all.
   */
  get #matrix(): Float64Array {
    if (this.#inverse === undefined) {
      const n = this.#size;
      const inverse = invertFromFactor(this.#factor, n);
      let sum = 0;
      for (const value of inverse) sum += value;
      const mean = sum / (n * n);
      this.#inverse = inverse.map((value) => value - mean);
    }
    return this.#inverse;
  }
}
