import { invalid } from "../../numbers/check.js";
import { RankwrightError, show } from "../../types/error.js";
import type { Item } from "./comparison.js";

/** INVALID_COMPARISONS whose message names the entry, the value and the mend. */
export function invalidComparison(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_COMPARISONS", `${field} is ${show(value)}: ${mend}`, { field, value });
}

/** Beyond, sums of squares overflow. */
const MOST_WEIGHT = 1e15;

/** @throws INVALID_COMPARISONS unless a weight is above 0 and not beyond what can be added up */
export function checkWeight(field: string, weight: number): void {
  if (typeof weight === "number" && weight > 0 && weight <= MOST_WEIGHT) return;
  throw invalidComparison(field, weight, "pass a number above 0, at most 1e15, or leave it out for 1.");
}

/** The place of each item: that of a given list, or of first appearance. */
export class ItemIndex<T extends Item> {
  readonly #places = new Map<T, number>();
  readonly #items: T[] = [];
  readonly #closed: boolean;

  /** @throws INVALID_OPTION where `items` is no list of distinct items */
  constructor(items?: readonly T[] | undefined) {
    this.#closed = items !== undefined;
    if (items === undefined) return;
    if (!Array.isArray(items)) throw invalid("items", items, "pass an array of names or numbers.");
    for (const [i, item] of items.entries()) {
      if (!isItem(item)) throw invalid(`items[${i}]`, item, "pass a string or a finite number.");
      if (this.#places.has(item)) throw invalid(`items[${i}]`, item, "name every item once.");
      this.#add(item);
    }
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /**
   * @throws INVALID_COMPARISONS for what is no item, or not among those given; `field()` names where it
   * stands
   */
  placeOf(item: T, field: () => string): number {
    const place = this.#places.get(item);
    if (place !== undefined) return place;
    if (!isItem(item)) throw invalidComparison(field(), item, "pass a string or a finite number.");
    if (this.#closed) throw invalidComparison(field(), item, "it is not among `items`.");
    return this.#add(item);
  }

  /** The place of an item that a caller names, not a comparison. @throws INVALID_OPTION */
  find(item: T, field: string): number {
    const place = this.#places.get(item);
    if (place === undefined) throw invalid(field, item, "no such item was compared.");
    return place;
  }

  #add(item: T): number {
    const place = this.#items.push(item) - 1;
    this.#places.set(item, place);
    return place;
  }
}

function isItem(value: unknown): boolean {
  return typeof value === "string" || Number.isFinite(value);
}
