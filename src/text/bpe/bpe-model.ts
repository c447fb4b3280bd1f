import { MinHeap } from "./min-heap.js";
import type { PairTable } from "./pair-table.js";

const REMOVED = -1;
const NONE = -1;
const POSITIONS = 2 ** 32;

/** A token and the number of bytes that it stands for. */
export interface ByteToken {
  readonly id: number;
  readonly bytes: number;
}

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

  split(word: Uint8Array): ByteToken[] {
    const symbols = this.symbols(word);
    if (symbols.length > 1) this.merge(symbols);
    return symbols.filter((symbol) => symbol.id !== REMOVED);
  }

  /** One symbol a byte; bytes without a token are unknown, or vanish where nothing stands for that. */
  private symbols(word: Uint8Array): { id: number; bytes: number }[] {
    const symbols: { id: number; bytes: number }[] = [];
    let wasUnknown = false;
    for (const byte of word) {
      const id = this.byteIds[byte]!;
      if (id === NONE) {
        if (this.unknownId === undefined) continue;
        if (wasUnknown && this.fuseUnknown) symbols.at(-1)!.bytes++;
        else symbols.push({ id: this.unknownId, bytes: 1 });
        wasUnknown = true;
      } else {
        symbols.push({ id, bytes: 1 });
        wasUnknown = false;
      }
    }
    return symbols;
  }

  /** Merges the pair of lowest rank, leftmost first, until none is left. */
  private merge(symbols: { id: number; bytes: number }[]): void {
    const { pairs } = this;
    const next = new Int32Array(symbols.length);
    const previous = new Int32Array(symbols.length);
    const heap = new MinHeap();
    const offer = (left: number): void => {
      const right = next[left]!;
      if (right >= symbols.length) return;
      const pair = pairs.find(symbols[left]!.id, symbols[right]!.id);
      if (pair !== -1) heap.push(pairs.rank(pair) * POSITIONS + left);
    };
    for (let i = 0; i < symbols.length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    for (let i = 0; i < symbols.length; i++) offer(i);
    while (!heap.isEmpty) {
      const top = heap.pop();
      const left = top % POSITIONS;
      const right = next[left]!;
      if (symbols[left]!.id === REMOVED || right >= symbols.length) continue;
      const pair = pairs.find(symbols[left]!.id, symbols[right]!.id);
      // The pair that was offered may be gone.
      if (pair === -1 || pairs.rank(pair) !== (top - left) / POSITIONS) continue;
      symbols[left]!.id = pairs.result(pair);
      symbols[left]!.bytes += symbols[right]!.bytes;
      symbols[right]!.id = REMOVED;
      next[left] = next[right]!;
      if (next[left]! < symbols.length) previous[next[left]!] = left;
      if (previous[left]! >= 0) offer(previous[left]!);
      offer(left);
    }
  }
}
