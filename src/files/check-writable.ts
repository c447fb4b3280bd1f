import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { RankwrightError } from "../types/index.js";

/**
 * Whether a file can be written, asked before the work that fills it.
 *
 * @throws RankwrightError WRITE_FAILED
 */
export async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw failure(path, "is a folder; name a file in it");
  try {
    await access(found === undefined ? dirname(path) : path, constants.W_OK);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const mend = missing
      ? "its folder does not exist; make it"
      : "it may not be written by this user; write elsewhere";
    throw failure(path, `cannot be written: ${mend}`, cause);
  }
}

function failure(path: string, reason: string, cause?: unknown): RankwrightError {
  return new RankwrightError("WRITE_FAILED", `${path} ${reason}`, { field: "file", value: path, cause });
}
