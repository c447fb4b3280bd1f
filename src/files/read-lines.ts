import { lineBlocks, MAX_LINE_BYTES } from "./line-blocks.js";
import { notUtf8 } from "./line-error.js";

export interface Line {
  /** 1 for the first line. */
  readonly number: number;
  /** Without the line end (LF or CRLF) and without a byte order mark. */
  readonly text: string;
}

const NEWLINE = 0x0a;

/**
 * The lines of UTF-8 bytes, read as they come in. Bytes are split before they are decoded, so that an
 * INVALID_UTF8 error names the right line. `name` is what messages call the source.
 *
 * @throws RankwrightError INVALID_UTF8, LINE_TOO_LONG
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array | string>,
  name: string,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  const lineOf = (bytes: Uint8Array): Line => {
    number++;
    try {
      const text = decoder.decode(bytes);
      return { number, text: text.endsWith("\r") ? text.slice(0, -1) : text };
    } catch (cause) {
      throw notUtf8(name, number, cause);
    }
  };
  for await (const block of lineBlocks(chunks, name, maxLineBytes)) {
    for (let start = 0; start < block.length; ) {
      const found = block.indexOf(NEWLINE, start);
      const end = found < 0 ? block.length : found;
      yield lineOf(block.subarray(start, end));
      start = end + 1;
    }
  }
}
