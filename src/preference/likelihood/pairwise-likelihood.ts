import type { Pairs } from "../comparisons/place-comparisons.js";
import { Laplacian } from "./laplacian.js";
import type { Information, Likelihood } from "./likelihood.js";
import type { Link } from "./link.js";

/** Σ w_ij log p(e_i − e_j) + w_ji log p(e_j − e_i) over pairs. */
export class PairwiseLikelihood implements Likelihood {
  readonly pairs: Pairs;
  readonly link: Link;
  /** e_i − e_j at the scores of the last `at`, shifts included. */
  readonly differences: Float64Array;
  readonly #shifts: Float64Array | undefined;
  readonly #slope: Float64Array;
  readonly #curvature: Float64Array;

  /** @param shifts what to add to each pair's difference; pairs may then repeat */
  constructor(pairs: Pairs, link: Link, shifts?: Float64Array) {
    this.pairs = pairs;
    this.link = link;
    this.#shifts = shifts;
    const count = pairs.first.length;
    this.differences = new Float64Array(count);
    this.#slope = new Float64Array(count);
    this.#curvature = new Float64Array(count);
  }

  get size(): number {
    return this.pairs.size;
  }

  at(scores: Float64Array, gradient: Float64Array): number {
    const { first, second, wins, losses } = this.pairs;
    const { differences } = this;
    const [shifts, slope] = [this.#shifts, this.#slope];
    for (let pair = 0; pair < differences.length; pair++)
      differences[pair] = scores[first[pair]!]! - scores[second[pair]!]! + (shifts?.[pair] ?? 0);
    const value = this.link.derivatives(differences, wins, losses, slope, this.#curvature);
    gradient.fill(0);
    for (let pair = 0; pair < differences.length; pair++) {
      gradient[first[pair]!]! += slope[pair]!;
      gradient[second[pair]!]! -= slope[pair]!;
    }
    return value;
  }

  curvature(): Information {
    return new Laplacian(this.pairs, this.#curvature);
  }

  information(): Information {
    const { wins, losses } = this.pairs;
    const expected = this.differences.map(
      (x, pair) => (wins[pair]! + losses[pair]!) * this.link.information(x),
    );
    return new Laplacian(this.pairs, expected);
  }

  reach(step: Float64Array): number {
    const { first, second } = this.pairs;
    let most = 0;
    for (let pair = 0; pair < first.length; pair++) {
      const change = Math.abs(step[first[pair]!]! - step[second[pair]!]!);
      if (change > most) most = change;
    }
    return most;
  }
}
