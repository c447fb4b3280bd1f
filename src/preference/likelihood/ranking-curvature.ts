import type { Random } from "../../numbers/random.js";
import type { PlacedRanking } from "../comparisons/ranking-table.js";
import type { Information } from "./likelihood.js";
import { logAdd, logSumsFromBehind, shareBehind } from "./ranking-likelihood.js";

/** What the products with one ranking's matrix need, by position. */
interface Factors {
  readonly ranking: PlacedRanking;
  /** log Σ_{u ≥ t} exp e. */
  readonly left: Float64Array;
  /** Probability that the item at k is chosen at k, 0 for the others; and of what comes after it. */
  readonly own: Float64Array;
  readonly rest: Float64Array;
  /** Expected number of times that the item at k is chosen before: exp(e) · Σ_{t < k} exp(−left_t). */
  readonly earlier: Float64Array;
  /** Share of choice t in Σ_{u ≤ t} exp(−left_u). */
  readonly latest: Float64Array;
  /** log Σ_{t ≤ k} exp(−2·left_t). */
  readonly squares: Float64Array;
}

/**
 * Σ_r Σ_t weight·(diag(p) − p·pᵀ), p being the probabilities of the choice at t. A product takes O(L) per
 * ranking, by running means from behind and from the front.
 */
export class RankingCurvature implements Information {
  readonly diagonal: Float64Array;
  readonly #scores: Float64Array;
  readonly #factors: readonly Factors[];

  constructor(size: number, rankings: readonly PlacedRanking[], scores: Float64Array) {
    this.#scores = scores;
    this.#factors = rankings.map((ranking) => factorsOf(ranking, scores));
    this.diagonal = new Float64Array(size);
    for (const { ranking, own, rest, earlier, squares } of this.#factors) {
      const { places, ordered, weight } = ranking;
      for (let k = 0; k < places.length; k++) {
        // Σ_t p(1 − p), at its own choice and at those before.
        const before = Math.min(k, ordered) - 1;
        const twice = before < 0 ? 0 : Math.exp(2 * scores[places[k]!]! + squares[before]!);
        this.diagonal[places[k]!]! += weight * (own[k]! * rest[k]! + Math.max(0, earlier[k]! - twice));
      }
    }
  }

  multiply(vector: Float64Array, out: Float64Array): void {
    out.fill(0);
    for (const { ranking, own, rest, earlier, latest } of this.#factors) {
      const { places, ordered, weight } = ranking;
      const length = places.length;
      // Expected value of the choice at each position; the last one is for what comes after the end.
      const means = new Float64Array(length + 1);
      for (let k = length - 1; k >= 0; k--)
        means[k] = rest[k]! * means[k + 1]! + (1 - rest[k]!) * vector[places[k]!]!;
      let front = 0;
      for (let k = 0; k < length; k++) {
        const value = vector[places[k]!]!;
        const sum = earlier[k]! * (value - front) + own[k]! * rest[k]! * (value - means[k + 1]!);
        out[places[k]!]! += weight * sum;
        if (k < ordered) front += latest[k]! * (means[k]! - front);
      }
    }
  }

  addTo(matrix: Float64Array): void {
    const n = this.diagonal.length;
    for (let i = 0; i < n; i++) matrix[i * n + i]! += this.diagonal[i]!;
    for (const { ranking, squares } of this.#factors) {
      const { places, ordered, weight } = ranking;
      for (let k = 0; k < Math.min(ordered, places.length); k++) {
        const i = places[k]!;
        this.#addRow(matrix, n, places, k, i, weight, squares[k]!);
      }
      this.#addOthers(matrix, n, ranking, squares);
    }
  }

  /** Pairs whose earlier one is in order. */
  #addRow(
    matrix: Float64Array,
    n: number,
    places: Int32Array,
    k: number,
    i: number,
    weight: number,
    squares: number,
  ): void {
    for (let l = k + 1; l < places.length; l++) {
      const j = places[l]!;
      const shared = Math.exp(this.#scores[i]! + this.#scores[j]! + squares);
      matrix[Math.max(i, j) * n + Math.min(i, j)]! -= weight * shared;
    }
  }

  /** Pairs of the others: they took part in every choice. */
  #addOthers(
    matrix: Float64Array,
    n: number,
    { places, ordered, weight }: PlacedRanking,
    squares: Float64Array,
  ): void {
    if (ordered === 0) return;
    for (let k = ordered; k < places.length; k++)
      this.#addRow(matrix, n, places, k, places[k]!, weight, squares[ordered - 1]!);
  }

  noise(random: Random, out: Float64Array): void {
    out.fill(0);
    for (const { ranking, left, own, earlier } of this.#factors) {
      const { places, ordered, weight } = ranking;
      const scale = Math.sqrt(weight);
      for (let k = 0; k < places.length; k++) out[places[k]!]! -= scale * (earlier[k]! + own[k]!);
      // One draw for every choice, each for itself: its covariance is diag(p) − p·pᵀ.
      for (let t = 0; t < ordered; t++) {
        const mass = left[t]! + Math.log(1 - random.float());
        let [low, high] = [t, places.length - 1];
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (left[middle]! >= mass) low = middle;
          else high = middle - 1;
        }
        out[places[low]!]! += scale;
      }
    }
  }
}

function factorsOf(ranking: PlacedRanking, scores: Float64Array): Factors {
  const { places, ordered } = ranking;
  const left = logSumsFromBehind(places, scores);
  const own = new Float64Array(places.length);
  const earlier = new Float64Array(places.length);
  const latest = new Float64Array(places.length);
  const squares = new Float64Array(places.length);
  let front = Number.NEGATIVE_INFINITY;
  let double = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < places.length; k++) {
    const score = scores[places[k]!]!;
    earlier[k] = Math.exp(score + front);
    if (k < ordered) {
      own[k] = Math.exp(score - left[k]!);
      front = logAdd(front, -left[k]!);
      double = logAdd(double, -2 * left[k]!);
      latest[k] = Math.exp(-left[k]! - front);
    }
    squares[k] = double;
  }
  const rest = left.map((_, k) => shareBehind(left, k));
  return { ranking, left, own, rest, earlier, latest, squares };
}
