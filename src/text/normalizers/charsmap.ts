import { RankwrightError } from "../../types/index.js";

/**
 * The replacement table inside a SentencePiece model: a double-array trie over UTF-8 bytes whose values
 * point at NUL-terminated strings. Layout: the trie's size in bytes (u32, little endian), the trie's
 * units (u32), the strings.
 */
export class Charsmap {
  private readonly units: Uint32Array;
  private readonly strings: Uint8Array;
  private readonly known = new Map<number, string>();
  private readonly bytes = new Uint8Array(8);

  /** `base64` as tokenizer.json has it; `field` names the place for errors. */
  constructor(base64: string, field: string) {
    const blob = Buffer.from(base64, "base64");
    const size = blob.length >= 4 ? blob.readUInt32LE(0) : 0;
    if (size < 4 || size % 4 !== 0 || 4 + size > blob.length) {
      throw new RankwrightError(
        "INVALID_TOKENIZER",
        `${field} is not a SentencePiece charsmap: its trie claims ${size} bytes of ${blob.length}.`,
        { field },
      );
    }
    this.units = new Uint32Array(size / 4);
    for (let i = 0; i < this.units.length; i++) this.units[i] = blob.readUInt32LE(4 + 4 * i);
    this.strings = blob.subarray(4 + size);
  }

  /**
   * What text[from, to) becomes, or undefined if no rule applies. The *shortest* rule that matches a
   * prefix replaces the whole range, which is the reference's behaviour. At most eight UTF-8 bytes.
   */
  replacement(text: string, from: number, to: number): string | undefined {
    const length = this.utf8(text, from, to);
    const { units, bytes } = this;
    let node = offset(units[0]!);
    for (let i = 0; i < length; i++) {
      const byte = bytes[i]!;
      if (byte === 0) return undefined;
      node ^= byte;
      const unit = units[node];
      if (unit === undefined || (unit & 0x800000ff) !== byte) return undefined;
      node ^= offset(unit);
      if ((unit & 0x100) !== 0) return this.string(units[node]! & 0x7fffffff);
    }
    return undefined;
  }

  private utf8(text: string, from: number, to: number): number {
    const { bytes } = this;
    let n = 0;
    for (let i = from; i < to; i++) {
      const c = text.codePointAt(i)!;
      if (c < 0x80) bytes[n++] = c;
      else if (c < 0x800) {
        bytes[n++] = 0xc0 | (c >> 6);
        bytes[n++] = 0x80 | (c & 0x3f);
      } else if (c < 0x10000) {
        bytes[n++] = 0xe0 | (c >> 12);
        bytes[n++] = 0x80 | ((c >> 6) & 0x3f);
        bytes[n++] = 0x80 | (c & 0x3f);
      } else {
        bytes[n++] = 0xf0 | (c >> 18);
        bytes[n++] = 0x80 | ((c >> 12) & 0x3f);
        bytes[n++] = 0x80 | ((c >> 6) & 0x3f);
        bytes[n++] = 0x80 | (c & 0x3f);
        i++;
      }
    }
    return n;
  }

  private string(at: number): string {
    let text = this.known.get(at);
    if (text === undefined) {
      const end = this.strings.indexOf(0, at);
      text = new TextDecoder().decode(this.strings.subarray(at, end === -1 ? undefined : end));
      this.known.set(at, text);
    }
    return text;
  }
}

function offset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
