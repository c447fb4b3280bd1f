import { checkFraction, checkWhole } from "../../numbers/check.js";
import type { Interval } from "../../numbers/interval.js";
import { normalQuantile } from "../../numbers/normal.js";
import type { Item } from "../comparisons/comparison.js";
import { ranked, type ScoredItem } from "../comparisons/scored-item.js";
import type { Connectivity } from "../connectivity/connectivity.js";
import type { Link } from "../likelihood/link.js";
import type { ScoreCovariance } from "../uncertainty/score-covariance.js";
import { topProbabilities } from "../uncertainty/top-probabilities.js";
import type { FittedScores } from "./fitted-scores.js";

/** How far apart two items are. */
export interface ScoreDifference {
  /** Score of the first less that of the second. */
  readonly difference: number;
  readonly standardError: number;
  /** Of the difference. */
  readonly interval: Interval;
}

/** Scores of items by their comparisons, and how certain they are. */
export class PreferenceFit<T extends Item = Item> {
  /** Every item once; arrays "by item" are parallel to it. */
  readonly items: readonly T[];
  /**
   * By item, higher is better; they sum to 0 within each component of the comparisons. Log-odds, or the unit
   * of the fit's scale.
   */
  readonly scores: Float64Array;
  readonly lambda: number;
  /** At the scores, without the prior. */
  readonly logLikelihood: number;
  /** Factor of all variances, see `DispersionOption`. */
  readonly dispersion: number;
  /** Steps of Newton's method. */
  readonly iterations: number;
  /** Whether the last step was below the tolerance. */
  readonly converged: boolean;
  /** Whether the comparisons determine all scores, or some are as far out as the prior lets them. */
  readonly connectivity: Connectivity<T>;
  readonly #placeOf: (item: T, field: string) => number;
  readonly #link: Link;
  readonly #covariance: () => ScoreCovariance;

  /** Made by the `fit…` functions. */
  constructor(fitted: FittedScores<T>) {
    this.items = fitted.items;
    this.scores = fitted.scores;
    this.lambda = fitted.lambda;
    this.logLikelihood = fitted.logLikelihood;
    this.dispersion = fitted.dispersion;
    this.iterations = fitted.iterations;
    this.converged = fitted.converged;
    this.connectivity = fitted.connectivity;
    this.#placeOf = fitted.placeOf;
    this.#link = fitted.link;
    this.#covariance = fitted.covariance;
  }

  /** @throws INVALID_OPTION for an item that is not in the fit; so do all methods that take items */
  score(item: T): number {
    return this.scores[this.#placeOf(item, "item")]!;
  }

  /** All items with their scores, best first; equal ones in the order of `items`. */
  ranking(): ScoredItem<T>[] {
    return ranked(this.items, this.scores);
  }

  /** p(a ≻ b) by the scores. */
  probability(a: T, b: T): number {
    return this.#link.probability(this.score(a) - this.score(b));
  }

  /**
   * Expected (Fisher) information on the difference of the scores of a and b in one more comparison of them.
   */
  information(a: T, b: T): number {
    return this.#link.information(this.score(a) - this.score(b));
  }

  /**
   * By item, in units of score: of each score against the mean of all. Up to 1000 items exact within the
   * normal approximation, beyond estimated within a few percent.
   */
  standardErrors(): Float64Array {
    return this.#covariance()
      .variances()
      .map((variance) => Math.sqrt(this.dispersion * variance));
  }

  /** By item: score ± quantile · standard error. @throws INVALID_OPTION unless 0 < confidence < 1 */
  intervals({ confidence = 0.95 }: { readonly confidence?: number | undefined } = {}): Interval[] {
    const z = halfWidth(confidence);
    return Array.from(this.standardErrors(), (error, place) => around(this.scores[place]!, z * error));
  }

  /**
   * The covariance matrix of the scores of some items (default: all), row-major. Exact within the normal
   * approximation for any number of items; beyond 1000 in the fit, each item asked about costs the solution
   * of a linear system.
   */
  covariance(items: readonly T[] = this.items): Float64Array {
    const places = Int32Array.from(items, (item, i) => this.#placeOf(item, `items[${i}]`));
    return this.#covariance()
      .block(places)
      .map((value) => this.dispersion * value);
  }

  /** Of two items. @throws INVALID_OPTION unless 0 < confidence < 1 */
  difference(
    a: T,
    b: T,
    { confidence = 0.95 }: { readonly confidence?: number | undefined } = {},
  ): ScoreDifference {
    const z = halfWidth(confidence);
    const difference = this.score(a) - this.score(b);
    const [aa, ab, , bb] = this.covariance([a, b]) as unknown as [number, number, number, number];
    const standardError = Math.sqrt(Math.max(0, aa + bb - 2 * ab));
    return { difference, standardError, interval: around(difference, z * standardError) };
  }

  /**
   * By item: the probability of being among the k best, from seeded samples of all scores; its own standard
   * error is at most 0.5/√samples. @throws INVALID_OPTION
   */
  topProbabilities(
    k: number,
    {
      samples = 2000,
      seed = 0,
    }: { readonly samples?: number | undefined; readonly seed?: number | undefined } = {},
  ): Float64Array {
    checkWhole("k", k, 1);
    checkWhole("samples", samples, 1, 10_000_000);
    const width = Math.sqrt(this.dispersion);
    return topProbabilities(this.scores, this.#covariance(), width, k, samples, seed);
  }
}

function halfWidth(confidence: number): number {
  checkFraction("confidence", confidence);
  return normalQuantile(0.5 + confidence / 2);
}

function around(centre: number, width: number): Interval {
  return { lower: centre - width, upper: centre + width };
}
