/** Merges of byte-pair encoding: which two tokens become which third, and how early. */
export class PairTable {
  private mask: number;
  private lefts: Int32Array;
  private rights: Int32Array;
  private ranks: Int32Array;
  private results: Int32Array;

  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(2 * capacity + 2));
    this.mask = slots - 1;
    this.lefts = new Int32Array(slots).fill(-1);
    this.rights = new Int32Array(slots);
    this.ranks = new Int32Array(slots);
    this.results = new Int32Array(slots);
  }

  /** A later entry for the same pair wins. */
  set(left: number, right: number, rank: number, result: number): void {
    const slot = this.slot(left, right);
    this.lefts[slot] = left;
    this.rights[slot] = right;
    this.ranks[slot] = rank;
    this.results[slot] = result;
  }

  /** A handle for `rank` and `result`, or -1. */
  find(left: number, right: number): number {
    const slot = this.slot(left, right);
    return this.lefts[slot] === -1 ? -1 : slot;
  }

  rank(handle: number): number {
    return this.ranks[handle]!;
  }

  result(handle: number): number {
    return this.results[handle]!;
  }

  private slot(left: number, right: number): number {
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & this.mask;
    while (this.lefts[slot] !== -1 && (this.lefts[slot] !== left || this.rights[slot] !== right)) {
      slot = (slot + 1) & this.mask;
    }
    return slot;
  }
}
