import { isObject, type JsonLine, type JsonLinesSource, parseJsonLine } from "../../files/json-lines.js";
import { lineBlocks } from "../../files/line-blocks.js";
import { notUtf8 } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { show } from "../../types/index.js";
import { invalidData } from "./invalid-data.js";

const NEWLINE = 0x0a;
const SHAPE = "write one JSON object a line";

/**
 * The objects of a file of JSON Lines, gzip or not; blank lines are skipped. Unlike `jsonLines` it goes on
 * after a broken line, where `onInvalid` does not throw.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, LINE_TOO_LONG, ABORTED
 */
export async function* recordLines(
  file: string,
  onInvalid: (error: unknown) => void,
  signal?: AbortSignal | undefined,
): AsyncGenerator<JsonLine> {
  const source: JsonLinesSource = { name: file, shape: SHAPE };
  // Decoding drops a byte order mark at the beginning of whatever it is given, which is right for line 1.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 0;
  for await (const block of lineBlocks(openBytes(file, { signal }), file)) {
    for (let start = 0; start < block.length; ) {
      const found = block.indexOf(NEWLINE, start);
      const end = found < 0 ? block.length : found;
      const bytes = block.subarray(start, end);
      start = end + 1;
      line++;
      const record = parse(bytes);
      if (record !== undefined) yield { line, record };
    }
  }

  function parse(bytes: Uint8Array): JsonLine["record"] | undefined {
    try {
      const text = decode(bytes);
      if (text.trim() === "") return undefined;
      const value = parseJsonLine(text, line, source);
      if (isObject(value)) return value;
      throw invalidData({ file, line }, `the line is ${show(value)}; ${SHAPE}`, { value });
    } catch (error) {
      onInvalid(error);
      return undefined;
    }
  }

  function decode(bytes: Uint8Array): string {
    try {
      return decoder.decode(bytes);
    } catch (cause) {
      throw notUtf8(file, line, cause);
    }
  }
}
