/**
 * Text that normalisers have worked on, with the way back: every UTF-16 unit knows the characters of
 * the source that it stands for. Unchanged text costs no arrays, only the offset of its first unit.
 */
export class Normalized {
  readonly text: string;
  private readonly base: number;
  private readonly starts: Int32Array | undefined;
  private readonly ends: Int32Array | undefined;

  constructor(text: string, base: number, starts?: Int32Array, ends?: Int32Array) {
    this.text = text;
    this.base = base;
    this.starts = starts;
    this.ends = ends;
  }

  /** Where in the source the unit at `index` begins. */
  start(index: number): number {
    return this.starts === undefined ? this.base + index : this.starts[index]!;
  }

  /** Where in the source the unit at `index` ends. */
  end(index: number): number {
    return this.ends === undefined ? this.base + index + 1 : this.ends[index]!;
  }

  /** Source offset of the gap before `index`; also valid at the end of the text. */
  gap(index: number): number {
    if (index < this.text.length) return this.start(index);
    return index > 0 ? this.end(index - 1) : this.base;
  }
}

/**
 * Writes a new `Normalized` from an old one, front to back. As long as everything is kept it does
 * nothing, and `finish` returns the old one.
 */
export class Rewriter {
  private readonly source: Normalized;
  private kept = 0;
  private text = "";
  private length = 0;
  private starts: Int32Array | undefined;
  private ends: Int32Array | undefined;

  constructor(source: Normalized) {
    this.source = source;
  }

  /** The units [from, to) of the source became `text`; what lies between calls is kept as it is. */
  replace(from: number, to: number, text: string): void {
    this.keepUntil(from);
    this.kept = to;
    this.reserve(text.length);
    const start = this.source.gap(from);
    const end = to > from ? this.source.end(to - 1) : start;
    this.starts!.fill(start, this.length, this.length + text.length);
    this.ends!.fill(end, this.length, this.length + text.length);
    this.length += text.length;
    this.text += text;
  }

  finish(): Normalized {
    if (this.starts === undefined) return this.source;
    this.keepUntil(this.source.text.length);
    return new Normalized(this.text, this.source.gap(0), this.starts, this.ends);
  }

  private keepUntil(to: number): void {
    const { source } = this;
    this.reserve(to - this.kept);
    if (to === this.kept) return;
    for (let i = this.kept; i < to; i++) {
      this.starts![this.length] = source.start(i);
      this.ends![this.length++] = source.end(i);
    }
    this.text += source.text.slice(this.kept, to);
    this.kept = to;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (this.starts !== undefined && this.starts.length >= needed) return;
    const capacity = Math.max(needed + 16, this.source.text.length, 2 * this.length);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    if (this.starts !== undefined) {
      starts.set(this.starts);
      ends.set(this.ends!);
    }
    this.starts = starts;
    this.ends = ends;
  }
}
