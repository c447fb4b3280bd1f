import type { TokenVisitor } from "../subwords.js";
import { MinHeap } from "./min-heap.js";
import type { PairTable } from "./pair-table.js";

const NONE = -1;
const POSITIONS = 2 ** 32;

/** Byte-pair encoding (Sennrich et al. 2016) over bytes. */
export class BpeModel {
  private readonly byteIds: Int32Array;
  private readonly pairs: PairTable;
  private readonly unknownId: number | undefined;
  private readonly fuseUnknown: boolean;

  /** `byteIds` holds the token of each byte, -1 where there is none. */
  constructor(byteIds: Int32Array, pairs: PairTable, unknownId: number | undefined, fuseUnknown: boolean) {
    this.byteIds = byteIds;
    this.pairs = pairs;
    this.unknownId = unknownId;
    this.fuseUnknown = fuseUnknown;
  }

  /** `word` in UTF-8. Token ends are given in UTF-16 units of the text that it encodes. */
  split(word: Uint8Array, visit: TokenVisitor): void {
    const ids = new Int32Array(word.length);
    const ends = new Int32Array(word.length);
    const count = this.symbols(word, ids, ends);
    const next = this.merge(ids, ends, count);
    let byte = 0;
    let units = 0;
    for (let i = 0; i < count; i = next[i]!) {
      for (; byte < ends[i]!; byte++) {
        if (!isContinuation(word[byte]!)) units += word[byte]! >= 0xf0 ? 2 : 1;
      }
      visit(ids[i]!, byte < word.length && isContinuation(word[byte]!) ? undefined : units);
    }
  }

  /** One symbol a byte; bytes without a token are unknown, or vanish where nothing stands for that. */
  private symbols(word: Uint8Array, ids: Int32Array, ends: Int32Array): number {
    let count = 0;
    let wasUnknown = false;
    for (let i = 0; i < word.length; i++) {
      const known = this.byteIds[word[i]!]!;
      const id = known === NONE ? this.unknownId : known;
      if (id === undefined) continue;
      if (known === NONE && wasUnknown && this.fuseUnknown) count--;
      ids[count] = id;
      ends[count++] = i + 1;
      wasUnknown = known === NONE;
    }
    return count;
  }

  /** Merges the pair of lowest rank, leftmost first, until none is left; returns each symbol's successor. */
  private merge(ids: Int32Array, ends: Int32Array, count: number): Int32Array {
    const { pairs } = this;
    const next = new Int32Array(count);
    const previous = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    const heap = new MinHeap();
    const offer = (left: number): void => {
      const right = next[left]!;
      if (right >= count) return;
      const pair = pairs.find(ids[left]!, ids[right]!);
      if (pair !== -1) heap.push(pairs.rank(pair) * POSITIONS + left);
    };
    for (let i = 0; i < count; i++) offer(i);
    while (!heap.isEmpty) {
      const top = heap.pop();
      const left = top % POSITIONS;
      const right = next[left]!;
      if (ids[left] === NONE || right >= count) continue;
      const pair = pairs.find(ids[left]!, ids[right]!);
      // The pair that was offered may be gone.
      if (pair === -1 || pairs.rank(pair) !== (top - left) / POSITIONS) continue;
      ids[left] = pairs.result(pair);
      ends[left] = ends[right]!;
      ids[right] = NONE;
      next[left] = next[right]!;
      if (next[left]! < count) previous[next[left]!] = left;
      if (previous[left]! >= 0) offer(previous[left]!);
      offer(left);
    }
    return next;
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
