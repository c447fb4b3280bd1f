import { softplus } from "../../numbers/logistic.js";
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
      // log Σ_{t < k} 1 / (what was left at t), over the choices so far.
      let front = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < places.length; k++) {
        const place = places[k]!;
        const score = scores[place]!;
        gradient[place]! -= weight * Math.exp(score + front);
        if (k >= ordered) continue;
        // log p and 1 − p of its own choice, without cancellation where it was sure.
        if (k + 1 < places.length) value -= weight * softplus(left[k + 1]! - score);
        gradient[place]! += weight * shareBehind(left, k);
        front = logAdd(front, -left[k]!);
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

  /** Of neighbours in a ranking, and of the last in order and each of the others. */
  reach(step: Float64Array): number {
    let most = 0;
    for (const { places, ordered } of this.#rankings) {
      for (let k = 1; k < places.length && ordered > 0; k++) {
        const change = Math.abs(step[places[Math.min(k, ordered) - 1]!]! - step[places[k]!]!);
        if (change > most) most = change;
      }
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

/** The share of what comes after position k in what is left at k. */
export function shareBehind(left: Float64Array, k: number): number {
  return k + 1 < left.length ? Math.exp(left[k + 1]! - left[k]!) : 0;
}

/** log(exp a + exp b). */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY) return high;
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
