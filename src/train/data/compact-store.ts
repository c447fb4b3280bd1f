import { GrowingUint32 } from "../../retrieve/bm25/growing-uint32.js";

const BLOCK = 4 * 1024 * 1024;

/**
 * A list of values as JSON bytes: what hundreds of thousands of texts cost is their bytes in UTF-8, and the
 * garbage collector sees a few buffers. Reading one takes microseconds.
 */
export class CompactStore<T> {
  readonly #blocks: Buffer[] = [];
  /** Bytes used of the last block. */
  #used = 0;
  readonly #blockOf = new GrowingUint32();
  readonly #starts = new GrowingUint32();
  readonly #lengths = new GrowingUint32();

  get size(): number {
    return this.#starts.length;
  }

  /** Bytes of memory that the values take up. */
  get bytes(): number {
    return this.#blocks.reduce((sum, { length }) => sum + length, 0);
  }

  /** Stores a value that JSON can carry. @returns its number, from 0 */
  add(value: T): number {
    const json = JSON.stringify(value);
    const length = Buffer.byteLength(json);
    let block = this.#blocks.at(-1);
    if (block === undefined || this.#used + length > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK, length));
      this.#blocks.push(block);
      this.#used = 0;
    }
    block.write(json, this.#used);
    this.#blockOf.push(this.#blocks.length - 1);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#used += length;
    return this.size - 1;
  }

  /** The bytes of all values, in order. */
  *content(): Generator<Uint8Array> {
    const [blockOf, starts, lengths] = [this.#blockOf, this.#starts, this.#lengths].map((list) =>
      list.values(),
    );
    for (let number = 0; number < this.size; number++) {
      const start = starts![number]!;
      yield this.#blocks[blockOf![number]!]!.subarray(start, start + lengths![number]!);
    }
  }

  /** @param number below `size` */
  get(number: number): T {
    const block = this.#blocks[this.#blockOf.values()[number] as number] as Buffer;
    const start = this.#starts.values()[number] as number;
    return JSON.parse(block.toString("utf8", start, start + (this.#lengths.values()[number] as number)));
  }
}
