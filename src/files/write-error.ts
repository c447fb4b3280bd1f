import { RankwrightError } from "../types/index.js";

/** What the system says where the disk is full, or the user's part of it. */
const FULL: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT"]);

/** Whether a file operation failed for want of room. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && FULL.has(error.code);
}

/**
 * What a failed file operation means to whoever wanted a file written: DISK_FULL or WRITE_FAILED. An error
 * of our own stays as it is.
 *
 * @param field of the error
 */
export function writeError(path: string, cause: unknown, field = "file"): RankwrightError {
  if (RankwrightError.isInstance(cause)) return cause;
  const details = { field, value: path, cause };
  if (isDiskFull(cause)) {
    const message = `no space left for ${path}: free some, or write to another disk`;
    return new RankwrightError("DISK_FULL", message, details);
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${path} cannot be written: ${why}; check its folder and your rights, or write elsewhere`;
  return new RankwrightError("WRITE_FAILED", message, details);
}
