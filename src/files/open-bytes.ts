import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { RankwrightError } from "../types/index.js";
import { abortedError } from "./aborted-error.js";

export interface OpenBytesOptions {
  /** Stops the reading with ABORTED. */
  readonly signal?: AbortSignal | undefined;
}

/** Bytes a chunk: large, since the readers of long files pay for each. */
const CHUNK = 512 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by this user",
};

/** First bytes of files that are compressed in ways that Node cannot undo. */
const FOREIGN: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
];
const GZIP = [0x1f, 0x8b];
const LONGEST_MAGIC = 5;

/**
 * The bytes of a file, chunk by chunk, decompressed where the file begins as gzip does, whatever its name.
 * A consumer that stops early closes the file.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, ABORTED
 */
export async function* openBytes(
  path: string,
  { signal }: OpenBytesOptions = {},
): AsyncGenerator<Uint8Array> {
  const source = fileBytes(path, signal);
  try {
    const begun: Uint8Array[] = [];
    let length = 0;
    // A pipe may hand out its first bytes one by one.
    while (length < LONGEST_MAGIC) {
      const { done, value } = await source.next();
      if (done) break;
      begun.push(value);
      length += value.length;
    }
    const head = Buffer.concat(begun);
    const foreign = FOREIGN.find(([, magic]) => startsWith(head, magic));
    if (foreign) {
      const message = `${path} is compressed with ${foreign[0]}; decompress it, or use gzip.`;
      throw new RankwrightError("INVALID_COMPRESSION", message, { field: "file", value: path });
    }
    if (startsWith(head, GZIP)) yield* gunzip(path, head, source);
    else {
      if (head.length > 0) yield head;
      yield* source;
    }
  } finally {
    await source.return(undefined);
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

async function* fileBytes(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (signal?.aborted) throw abortedError(signal);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      yield chunk;
      if (signal?.aborted) throw abortedError(signal);
    }
  } catch (cause) {
    throw RankwrightError.isInstance(cause) ? cause : fileError(path, cause);
  }
}

/** FILE_NOT_FOUND, for a failed file operation. */
export function fileError(path: string, cause: unknown): RankwrightError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? `cannot be read (${message})`;
  const details = { field: "file", value: path, cause };
  return new RankwrightError("FILE_NOT_FOUND", `${path} ${reason}; check the path.`, details);
}

async function* gunzip(
  path: string,
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const whole = async function* () {
    yield head;
    yield* rest;
  };
  const chunks = createGunzip({ chunkSize: CHUNK, finishFlush: constants.Z_FINISH });
  // An error of either side reaches the loop below through `chunks`; so does its end reach the file.
  pipeline(whole, chunks, () => undefined);
  try {
    yield* chunks;
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_"))) throw cause;
    const what = cause.code === "Z_BUF_ERROR" ? "ends in the middle of its" : "holds damaged";
    const message = `${path} ${what} gzip data; copy or download it again.`;
    throw new RankwrightError("INVALID_COMPRESSION", message, { field: "file", value: path, cause });
  }
}
