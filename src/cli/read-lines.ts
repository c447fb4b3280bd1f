import { createReadStream } from "node:fs";
import { RankwrightError } from "../types/index.js";

export interface Line {
  /** 1 for the first line. */
  readonly number: number;
  /** Without the line end (LF or CRLF) and without a byte order mark. */
  readonly text: string;
}

const NEWLINE = 0x0a;
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by this user",
};

/** The bytes of a file; throws FILE_NOT_FOUND. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? `cannot be read (${message})`;
    throw new RankwrightError("FILE_NOT_FOUND", `${path} ${reason}; check the path.`, {
      field: "file",
      value: path,
      cause,
    });
  }
}

/**
 * The lines of UTF-8 bytes, read as they come in. Bytes are split before they are decoded, so that an
 * INVALID_UTF8 error names the right line. `name` is what messages call the source.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array | string>,
  name: string,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  const lineOf = (bytes: Uint8Array): Line => {
    number++;
    try {
      return { number, text: decoder.decode(bytes).replace(/\r$/, "") };
    } catch (cause) {
      const message = `${name}, line ${number}: these bytes are not UTF-8; save the file as UTF-8.`;
      throw new RankwrightError("INVALID_UTF8", message, { field: `line ${number}`, cause });
    }
  };

  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      yield lineOf(Buffer.concat([...begun, bytes.subarray(start, end)]));
      begun = [];
      start = end + 1;
    }
    // A copy: the stream may use its buffer again.
    if (start < bytes.length) begun.push(bytes.slice(start));
  }
  if (begun.length > 0) yield lineOf(Buffer.concat(begun));
}
