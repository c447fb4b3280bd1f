import type { PlacedRanking } from "../comparisons/ranking-table.js";
import type { Information, Likelihood } from "./likelihood.js";
import { RankingCurvature } from "./ranking-curvature.js";

/**
 * Plackett–Luce: every place of a ranking is a choice among what is left, with probability exp(e_i) over the
 * sum: Σ_r Σ_t e_{π(t)} − logsumexp_{u ≥ t} e_{π(u)}. Sums over places are kept as logarithms, so that no
 * spread of scores overflows; a ranking of L items costs O(L).
 */
export class RankingLikelihood implements Likelihood {
  readonly size: number;
  readonly #rankings: readonly PlacedRanking[];
  #scores: Float64Array;

  constructor(size: number, rankings: readonly PlacedRanking[]) {
    this.size = size;
    this.#rankings = rankings;
    this.#scores = new Float64Array(size);
  }

  at(scores: Float64Array, gradient: Float64Array): number {
    this.#scores = scores.slice();
    gradient.fill(0);
    let value = 0;
    for (const { places, ordered, weight } of this.#rankings) {
      const left = logSumsFromBehind(places, scores);
      // log Σ_{t ≤ k} 1 / (what was left at t), over the choices so far.
      let behind = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < places.length; k++) {
        const place = places[k]!;
        const score = scores[place]!;
        if (k < ordered) {
          behind = logAdd(behind, -left[k]!);
          value += weight * (score - left[k]!);
          gradient[place]! += weight;
        }
        gradient[place]! -= weight * Math.exp(score + behind);
      }
    }
    return value;
  }

  curvature(): Information {
    return new RankingCurvature(this.size, this.#rankings, this.#scores);
  }

  /** As observed: given who was left to choose from, the outcome does not enter it. */
  information(): Information {
    return this.curvature();
  }

  reach(step: Float64Array): number {
    let most = 0;
    for (const { places } of this.#rankings) {
      let [low, high] = [Infinity, -Infinity];
      for (const place of places) {
        low = Math.min(low, step[place]!);
        high = Math.max(high, step[place]!);
      }
      most = Math.max(most, high - low);
    }
    return most;
  }
}

/** log Σ_{u ≥ t} exp(score) for every t. */
export function logSumsFromBehind(places: Int32Array, scores: Float64Array): Float64Array {
  const sums = new Float64Array(places.length);
  let sum = Number.NEGATIVE_INFINITY;
  for (let k = places.length - 1; k >= 0; k--) sums[k] = sum = logAdd(sum, scores[places[k]!]!);
  return sums;
}

/** log(exp a + exp b). */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY) return high;
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
