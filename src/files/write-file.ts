import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeError } from "./write-error.js";

/**
 * Writes a text, or its pieces one after the other, so that nobody ever sees half of the file and an older
 * one survives a failure; makes its folder. Compressed with gzip where the name ends in `.gz`. What is no
 * regular file, such as a pipe, is written to directly.
 *
 * @throws RankwrightError DISK_FULL, WRITE_FAILED; what `content` throws
 */
export async function writeFile(path: string, content: string | Iterable<string>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const there = await stat(path).catch(() => undefined);
    if (there && !there.isFile() && !there.isDirectory()) return await write(path, path, content);
    // A link stays one.
    const target = there ? await realpath(path) : path;
    const temporary = `${target}.${randomBytes(4).toString("hex")}.tmp`;
    try {
      await write(temporary, path, content);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw writeError(path, cause);
  }
}

async function write(file: string, name: string, content: string | Iterable<string>): Promise<void> {
  const pieces = typeof content === "string" ? [content] : content;
  const sink = createWriteStream(file);
  if (name.endsWith(".gz")) await pipeline(pieces, createGzip(), sink);
  else await pipeline(pieces, sink);
}
