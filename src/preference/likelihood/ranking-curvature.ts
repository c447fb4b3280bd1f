import type { Random } from "../../numbers/random.js";
import type { PlacedRanking } from "../comparisons/ranking-table.js";
import type { Information } from "./likelihood.js";
import { logAdd, logSumsFromBehind } from "./ranking-likelihood.js";

/** What the products with one ranking's matrix need, by position. */
interface Factors {
  readonly ranking: PlacedRanking;
  /** log Σ_{u ≥ t} exp e. */
  readonly left: Float64Array;
  /** Share of position t in what is left at t, and of the rest. */
  readonly own: Float64Array;
  readonly rest: Float64Array;
  /** Expected number of times that the item at k is chosen: exp(e) · Σ_{t ≤ k} exp(−left_t). */
  readonly chosen: Float64Array;
  /** Share of choice t in Σ_{u ≤ t} exp(−left_u). */
  readonly latest: Float64Array;
  /** log Σ_{t ≤ k} exp(−2·left_t). */
  readonly squares: Float64Array;
}

/**
 * Σ_r Σ_t weight·(diag(p) − p·pᵀ), p being the probabilities of the choice at t. A product takes O(L) per ranking,
 * by running means from behind and from the front.
 */
export class RankingCurvature implements Information {
  readonly diagonal: Float64Array;
  readonly #scores: Float64Array;
  readonly #factors: readonly Factors[];

  constructor(size: number, rankings: readonly PlacedRanking[], scores: Float64Array) {
    this.#scores = scores;
    this.#factors = rankings.map((ranking) => factorsOf(ranking, scores));
    this.diagonal = new Float64Array(size);
    for (const { ranking, own, rest, chosen, squares } of this.#factors) {
      const { places, ordered, weight } = ranking;
      for (let k = 0; k < places.length; k++) {
        const score = scores[places[k]!]!;
        // Σ_t p(1 − p): at its own choice without cancellation, at the earlier ones p is what chosen and squares leave.
        const here = k < ordered ? own[k]! * rest[k]! : 0;
        const before = Math.min(k, ordered) - 1;
        const earlier =
          before < 0 ? 0 : chosen[k]! - (k < ordered ? own[k]! : 0) - Math.exp(2 * score + squares[before]!);
        this.diagonal[places[k]!]! += weight * (here + Math.max(0, earlier));
      }
    }
  }

  multiply(vector: Float64Array, out: Float64Array): void {
    out.fill(0);
    for (const { ranking, own, rest, chosen, latest } of this.#factors) {
      const { places, ordered, weight } = ranking;
      const means = new Float64Array(places.length);
      let mean = 0;
      for (let k = places.length - 1; k >= 0; k--)
        means[k] = mean = rest[k]! * mean + own[k]! * vector[places[k]!]!;
      let front = 0;
      for (let k = 0; k < places.length; k++) {
        if (k < ordered) front += latest[k]! * (means[k]! - front);
        out[places[k]!]! += weight * chosen[k]! * (vector[places[k]!]! - front);
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
    for (const { ranking, left, chosen } of this.#factors) {
      const { places, ordered, weight } = ranking;
      const scale = Math.sqrt(weight);
      for (let k = 0; k < places.length; k++) out[places[k]!]! -= scale * chosen[k]!;
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
  const length = places.length;
  const left = logSumsFromBehind(places, scores);
  const [own, rest, chosen, latest, squares] = Array.from({ length: 5 }, () => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let front = Number.NEGATIVE_INFINITY;
  let double = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < length; k++) {
    const score = scores[places[k]!]!;
    own[k] = Math.exp(score - left[k]!);
    rest[k] = k + 1 < length ? Math.exp(left[k + 1]! - left[k]!) : 0;
    if (k < ordered) {
      front = logAdd(front, -left[k]!);
      double = logAdd(double, -2 * left[k]!);
      latest[k] = Math.exp(-left[k]! - front);
    }
    squares[k] = double;
    chosen[k] = Math.exp(score + front);
  }
  return { ranking, left, own, rest, chosen, latest, squares };
}
