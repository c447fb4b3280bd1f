import { type FileHandle, open, stat } from "node:fs/promises";
import { DAMAGED, invalid, unreadable } from "./errors.js";
import { parseHeader, type TensorEntry } from "./header.js";

/** The limit that the reference implementation sets. */
const MAX_HEADER_BYTES = 100_000_000;

const LENGTH_BYTES = 8;

/** One open safetensors file whose header has been checked. */
export interface Shard {
  readonly path: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Offset of the data behind the header; a tensor's `start` counts from here. */
  readonly dataStart: number;
  /** Fills `target` from the file's byte `position` on. */
  read(target: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file and reads its header, nothing else.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_SAFETENSORS
 */
export async function openShard(path: string): Promise<Shard> {
  const handle = await openFile(path);
  try {
    const size = (await handle.stat()).size;
    const read = (target: Uint8Array, position: number) => readFully(handle, path, target, position);
    const headerLength = await readHeaderLength(path, size, read);
    const header = new Uint8Array(headerLength);
    await read(header, LENGTH_BYTES);
    const dataStart = LENGTH_BYTES + headerLength;
    const tensors = parseHeader(path, header, size - dataStart);
    return { path, size, tensors, dataStart, read, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // Before opening: a named pipe would keep open() waiting for a writer.
    if (!(await stat(path)).isFile()) throw new Error("it is not a regular file");
    return await open(path, "r");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function readHeaderLength(path: string, size: number, read: Shard["read"]): Promise<number> {
  if (size < LENGTH_BYTES) {
    throw invalid(path, "file length", size, `less than the ${LENGTH_BYTES} bytes of a header length`);
  }
  const prefix = Buffer.alloc(LENGTH_BYTES);
  await read(prefix, 0);
  const length = prefix.readBigUInt64LE();
  const found = length <= Number.MAX_SAFE_INTEGER ? Number(length) : length;
  if (length > size - LENGTH_BYTES) {
    const lfs = prefix.toString("latin1") === "version ";
    const mend = lfs ? "This is a Git LFS pointer, not the weights: run `git lfs pull`." : DAMAGED;
    throw invalid(path, "header length", found, `more than the file's ${size} bytes`, { mend });
  }
  if (length > MAX_HEADER_BYTES) {
    throw invalid(path, "header length", found, `more than the limit of ${MAX_HEADER_BYTES}`);
  }
  return Number(length);
}

async function readFully(
  handle: FileHandle,
  path: string,
  target: Uint8Array,
  position: number,
): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle
      .read(target, done, target.length - done, position + done)
      .catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
    if (bytesRead === 0) {
      throw invalid(path, "file length", position + done, "less than when it was opened", {
        mend: "Something shortened the file meanwhile: open it again.",
      });
    }
    done += bytesRead;
  }
}
