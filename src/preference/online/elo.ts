import { checkFinite, checkPositive } from "../../numbers/check.js";
import { sigmoid } from "../../numbers/logistic.js";
import type { Comparison, Item } from "../comparisons/comparison.js";
import { placeComparisons } from "../comparisons/place-comparisons.js";

export interface EloOptions {
  /**
   * K: points that a certain loser gains by winning, twice what one of two equals does; above 0. Usual are 4
   * to 32. Default: 16.
   */
  readonly k?: number | undefined;
  /** Points to begin with. Default: 1500. */
  readonly initial?: number | undefined;
}

/** Elo points per unit of a Bradley–Terry score: 400 / ln 10. */
export const ELO_POINTS = 400 / Math.LN10;

/**
 * Elo ratings for comparisons that come one by one: each moves two ratings by K times how surprising it was,
 * R += K·(p − E), E = 1/(1 + 10^((R_b − R_a)/400)). The order of the comparisons matters, and ratings never
 * come to rest: for a given set of comparisons use `fitBradleyTerry`, whose scores times `ELO_POINTS` are on
 * the same scale.
 */
export class Elo<T extends Item = Item> {
  readonly #k: number;
  readonly #initial: number;
  readonly #ratings = new Map<T, number>();

  /** @throws INVALID_OPTION */
  constructor(options: EloOptions = {}) {
    const { k, initial } = resolveEloOptions(options);
    this.#k = k;
    this.#initial = initial;
  }

  /** Learns from a comparison; a weight multiplies K. @throws INVALID_COMPARISONS */
  update(comparison: Comparison<T>): void {
    const { index, wins, losses } = placeComparisons([comparison]);
    const [a, b] = index.items as [T, T];
    const change = this.#k * surprise(this.rating(a), this.rating(b), wins[0]!, losses[0]!);
    this.#ratings.set(a, this.rating(a) + change);
    this.#ratings.set(b, this.rating(b) - change);
  }

  /** The initial rating for items not seen yet. */
  rating(item: T): number {
    return this.#ratings.get(item) ?? this.#initial;
  }

  /** E, the probability of a ≻ b by the ratings. */
  expected(a: T, b: T): number {
    return expectedScore(this.rating(a), this.rating(b));
  }

  /** Of all items seen, by first appearance. */
  ratings(): ReadonlyMap<T, number> {
    return this.#ratings;
  }
}

/** With defaults. @throws INVALID_OPTION */
export function resolveEloOptions({ k = 16, initial = 1500 }: EloOptions) {
  checkPositive("k", k);
  checkFinite("initial", initial);
  return { k, initial };
}

/** What a won beyond what was to be expected. */
export function surprise(a: number, b: number, wins: number, losses: number): number {
  return wins - (wins + losses) * expectedScore(a, b);
}

function expectedScore(a: number, b: number): number {
  return sigmoid((a - b) / ELO_POINTS);
}
