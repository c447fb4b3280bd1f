import { RankwrightError } from "../types/index.js";

/** Bytes of one line that are held in memory: well below the longest string of JavaScript. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts bytes, however they arrive, into blocks that end where a line ends; the last one may lack its line
 * end. What is decoded or parsed block by block therefore never meets half a line.
 *
 * @param name What messages call the source.
 * @throws RankwrightError LINE_TOO_LONG
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array | string>,
  name: string,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  for await (const piece of chunks) {
    const chunk = typeof piece === "string" ? Buffer.from(piece) : piece;
    let start = 0;
    if (begunBytes > 0) {
      start = chunk.indexOf(NEWLINE) + 1;
      if (start > 0) {
        yield Buffer.concat([...begun, chunk.subarray(0, start)]);
        begun = [];
        begunBytes = 0;
      }
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > start) yield chunk.subarray(start, end);
    const from = Math.max(start, end);
    if (from === chunk.length) continue;
    // A copy: the source may use its buffer again.
    begun.push(Buffer.from(chunk.subarray(from)));
    begunBytes += chunk.length - from;
    if (begunBytes > maxLineBytes) throw tooLong(name, maxLineBytes);
  }
  if (begunBytes > 0) yield Buffer.concat(begun);
}

function tooLong(name: string, limit: number): RankwrightError {
  const message = `${name}: a line is longer than ${limit} bytes; is this the right file? Its lines must end with a line feed.`;
  return new RankwrightError("LINE_TOO_LONG", message, { field: "file", value: name });
}
