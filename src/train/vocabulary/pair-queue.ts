/** Two pieces that stand side by side, and where. */
export interface PiecePair {
  readonly left: number;
  readonly right: number;
  /** How often, in all texts. */
  count: number;
  /** Words in which they stood side by side once; some may be listed twice, or no longer hold them. */
  words: number[];
}

interface Entry {
  readonly pair: PiecePair;
  /** The pair's count when it was queued. */
  readonly count: number;
}

/** Pairs, the most frequent first; of equally frequent ones that of the smaller ids. */
export class PairQueue {
  readonly #entries: Entry[] = [];

  /** Queues a pair with its count of now; a pair may be queued again when its count grows. */
  push(pair: PiecePair): void {
    const entries = this.#entries;
    const entry = { pair, count: pair.count };
    let at = entries.length;
    entries.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, entries[parent]!)) break;
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  /** The most frequent pair, or undefined where none is left that occurs. */
  pop(): PiecePair | undefined {
    for (;;) {
      const top = this.#take();
      if (top === undefined) return undefined;
      if (top.count === top.pair.count) return top.pair;
      // Its count has changed since; what grew was queued again then.
      if (top.pair.count > 0 && top.pair.count < top.count) this.push(top.pair);
    }
  }

  #take(): Entry | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && before(entries[child + 1]!, entries[child]!)) child++;
      if (!before(entries[child]!, last)) break;
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = last;
    return top;
  }
}

function before(a: Entry, b: Entry): boolean {
  if (a.count !== b.count) return a.count > b.count;
  if (a.pair.left !== b.pair.left) return a.pair.left < b.pair.left;
  return a.pair.right < b.pair.right;
}
