import { Random } from "../../numbers/random.js";
import type { Information } from "../likelihood/likelihood.js";
import { conjugateGradients, type Operator } from "../linear/conjugate-gradients.js";
import { precision } from "../linear/precision.js";
import { removeMean, type ScoreCovariance } from "./score-covariance.js";

/** Residuals: for single columns, and for samples, whose chance is a thousand times coarser. */
const EXACT = 1e-10;
const ROUGH = 1e-4;

/** Samples that variances are estimated from. */
const SAMPLES = 100;

/**
 * Parts of the covariance of many items, without the whole. A column is solved for by conjugate gradients. A
 * sample is solved for from noise whose covariance is the precision ("perturb and solve", Papandreou and
 * Yuille 2010).
 */
export class SparseCovariance implements ScoreCovariance {
  readonly #information: Information;
  readonly #precision: Operator;
  readonly #lambda: number;
  #variances: Float64Array | undefined;

  constructor(information: Information, lambda: number) {
    this.#information = information;
    this.#precision = precision(information, lambda);
    this.#lambda = lambda;
  }

  /**
   * Estimated from 100 samples x (always the same): the variance of x_i given all other scores, 1 / P_ii, is
   * known; that of its mean given the others, x_i − b_i / P_ii with b = P·x, is what samples add (Sidén,
   * Lindgren, Bolin and Villani 2018). On graphs of degree 8 a standard error comes out within about 1.5 % of
   * the exact one, on denser ones closer.
   */
  variances(): Float64Array {
    if (this.#variances === undefined) {
      const { diagonal } = this.#precision;
      const n = diagonal.length;
      const random = new Random(0);
      const x = new Float64Array(n);
      const noise = new Float64Array(n);
      const squares = new Float64Array(n);
      for (let sample = 0; sample < SAMPLES; sample++) {
        this.#draw(random, noise, x);
        for (let i = 0; i < n; i++) squares[i]! += (x[i]! - noise[i]! / diagonal[i]!) ** 2;
      }
      this.#variances = squares.map((sum, i) => sum / SAMPLES + 1 / diagonal[i]!);
    }
    return this.#variances.slice();
  }

  block(places: Int32Array): Float64Array {
    const n = this.#precision.diagonal.length;
    const k = places.length;
    const block = new Float64Array(k * k);
    const unit = new Float64Array(n);
    const column = new Float64Array(n);
    for (let c = 0; c < k; c++) {
      unit.fill(-1 / n);
      unit[places[c]!]! += 1;
      conjugateGradients(this.#precision, unit, column, EXACT, 10 * n);
      removeMean(column);
      for (let r = 0; r < k; r++) block[r * k + c] = column[places[r]!]!;
    }
    return block;
  }

  sample(random: Random, out: Float64Array): void {
    this.#draw(random, new Float64Array(out.length), out);
  }

  #draw(random: Random, noise: Float64Array, out: Float64Array): void {
    this.#information.noise(random, noise);
    const width = Math.sqrt(this.#lambda);
    for (let i = 0; i < noise.length; i++) noise[i]! += width * random.normal();
    removeMean(noise);
    conjugateGradients(this.#precision, noise, out, ROUGH, 10 * noise.length);
    removeMean(out);
  }
}
