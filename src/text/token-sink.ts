import type { Normalized } from "./normalized.js";
import type { Encoding } from "./tokenizer.js";

/**
 * Collects tokens, keeping the first `head` and the last `tail` of them and counting all. One sink
 * serves many texts: its buffers grow to the longest and stay.
 */
export class TokenSink {
  private head = 0;
  private tail = 0;
  private total = 0;
  private ids = new Int32Array(512);
  private starts = new Int32Array(512);
  private ends = new Int32Array(512);

  begin(head: number, tail: number): void {
    this.head = head;
    this.tail = tail;
    this.total = 0;
  }

  push(id: number, start: number, end: number): void {
    const { total } = this;
    let at = total;
    this.total = total + 1;
    if (total >= this.head) {
      if (this.tail === 0) return;
      // Behind the head lies a ring of the last `tail` tokens.
      at = this.head + ((total - this.head) % this.tail);
    }
    if (at >= this.ids.length) this.grow();
    this.ids[at] = id;
    this.starts[at] = start;
    this.ends[at] = end;
  }

  /**
   * Pushes a word as word-cache.ts stores it. `from` and `to` bound the word in `source`; spans inside
   * the word count from `from`.
   */
  pushWord(values: Int32Array, at: number, source: Normalized, from: number, to: number): void {
    const stored = values[at]!;
    if (stored === 0) return;
    if (stored > 0) {
      const start = source.start(from);
      const end = source.end(to - 1);
      for (let i = 1; i <= stored; i++) this.push(values[at + i]!, start, end);
      return;
    }
    for (let i = at + 1; i < at + 1 - stored * 3; i += 3) {
      this.push(values[i]!, source.start(from + values[i + 1]!), source.end(from + values[i + 2]! - 1));
    }
  }

  finish(): Encoding {
    const { total, head, tail } = this;
    const kept = Math.min(total, head + tail);
    // One allocation for all three: they are small and many.
    const all = new Int32Array(3 * kept);
    [this.ids, this.starts, this.ends].forEach((buffer, i) => {
      all.set(buffer.subarray(0, kept), i * kept);
    });
    const parts = [0, 1, 2].map((i) => all.subarray(i * kept, (i + 1) * kept));
    const turn = total > head + tail && tail > 0 ? (total - head) % tail : 0;
    if (turn > 0) for (const part of parts) rotate(part.subarray(head), turn);
    return { ids: parts[0]!, starts: parts[1]!, ends: parts[2]!, total };
  }

  private grow(): void {
    const capacity = 2 * this.ids.length;
    const larger = (buffer: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(capacity);
      copy.set(buffer);
      return copy;
    };
    this.ids = larger(this.ids);
    this.starts = larger(this.starts);
    this.ends = larger(this.ends);
  }
}

/** Moves the first `count` numbers behind the others. */
function rotate(numbers: Int32Array, count: number): void {
  const first = numbers.slice(0, count);
  numbers.copyWithin(0, count);
  numbers.set(first, numbers.length - count);
}
