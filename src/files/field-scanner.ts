import { hashBytes } from "./hash.js";
import { notUtf8 } from "./line-error.js";
import { parseDecimal } from "./parse-decimal.js";

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;

/** What separates fields: all white space, or all of it but the space, which then belongs to the fields. */
export type Separator = "white space" | "tab";

const HIGHEST: Readonly<Record<Separator, number>> = { "white space": SPACE, tab: RETURN };
/** Fields of a line whose place is kept; further ones are only counted. */
const KEPT = 8;

/**
 * Walks through the fields of lines without making a string of what nobody asks for. Fields are separated by
 * any amount of what C's `isspace` calls white space: space, tab, vertical tab, form feed, carriage return.
 * Lines without a field are skipped. Fed with blocks that end where a line ends, see `lineBlocks`.
 */
export class FieldScanner {
  /** Number of the current line; 1 for the first. */
  line = 0;
  /** Fields on the current line. */
  count = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Where the fields of the current line begin and end. */
  readonly #starts = new Int32Array(KEPT);
  readonly #ends = new Int32Array(KEPT);
  #text = "";
  #at = 0;
  #ascii = true;
  readonly #name: string;
  /** Highest byte that separates fields. */
  #separator: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  /** @param name What messages call the source. */
  constructor(name: string, separator: Separator = "white space") {
    this.#name = name;
    this.#separator = HIGHEST[separator];
  }

  /** Continues with the next block. */
  load(block: Uint8Array): void {
    // The loops below lean on a last line feed.
    const closed = block.at(-1) === NEWLINE ? block : Buffer.concat([block, Uint8Array.of(NEWLINE)]);
    this.#bytes = closed;
    // Latin-1 keeps one character a byte, so that offsets serve both; `text` knows when that is not enough.
    this.#text = Buffer.from(closed.buffer, closed.byteOffset, closed.byteLength).toString("latin1");
    const marked = this.line === 0 && closed[0] === 0xef && closed[1] === 0xbb && closed[2] === 0xbf;
    this.#at = marked ? 3 : 0;
  }

  /** Goes to the next line that holds a field; false at the end of the block. */
  next(): boolean {
    const bytes = this.#bytes;
    const starts = this.#starts;
    const ends = this.#ends;
    const length = bytes.length;
    const separator = this.#separator;
    let at = this.#at;
    let line = this.line;
    let count = 0;
    let seen = 0;
    while (at < length) {
      let byte = bytes[at]!;
      if (byte > separator || byte < TAB || (byte > RETURN && byte < separator)) {
        const start = at;
        do {
          seen |= byte;
          byte = bytes[++at]!;
        } while (byte > separator || byte < TAB || (byte > RETURN && byte < separator));
        if (count < KEPT) {
          starts[count] = start;
          ends[count] = at;
        }
        count++;
      }
      at++;
      if (byte !== NEWLINE) continue;
      line++;
      if (count > 0) break;
    }
    this.#at = at;
    this.line = line;
    this.count = count;
    this.#ascii = seen < 0x80;
    return count > 0;
  }

  /** Reads the current line anew, and all that follow, with another separator. */
  again(separator: Separator): void {
    this.#separator = HIGHEST[separator];
    this.#at = this.#starts[0]!;
    this.line--;
    this.next();
  }

  /** A field of the current line. @throws RankwrightError INVALID_UTF8 */
  text(field: number): string {
    const start = this.#starts[field]!;
    const end = this.#ends[field]!;
    if (this.#ascii) return this.#text.substring(start, end);
    try {
      return this.#decoder.decode(this.#bytes.subarray(start, end));
    } catch (cause) {
      throw notUtf8(this.#name, this.line, cause);
    }
  }

  /** The current line up to its last kept field, for messages. */
  excerpt(): string {
    const last = Math.min(this.count, KEPT) - 1;
    return Buffer.from(this.#bytes.subarray(this.#starts[0], this.#ends[last])).toString();
  }

  /** A hash of a field's bytes, see `hashBytes`. */
  hash(field: number): number {
    return hashBytes(this.#bytes, this.#starts[field]!, this.#ends[field]!);
  }

  /** Whether a field has these bytes. */
  equals(field: number, other: Uint8Array): boolean {
    const start = this.#starts[field]!;
    if (this.#ends[field]! - start !== other.length) return false;
    for (let i = 0; i < other.length; i++) if (this.#bytes[start + i] !== other[i]) return false;
    return true;
  }

  /** The bytes of a field, to be kept. */
  copy(field: number): Uint8Array {
    return Buffer.from(this.#bytes.subarray(this.#starts[field]!, this.#ends[field]!));
  }

  /** A field of the current line as a number; NaN where it is none. */
  number(field: number): number {
    return parseDecimal(this.#bytes, this.#starts[field]!, this.#ends[field]!, this.#text);
  }
}
