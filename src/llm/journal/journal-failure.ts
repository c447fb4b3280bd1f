import { RankwrightError } from "../../types/index.js";

/** WRITE_FAILED, for a failed operation on a journal's file. */
export function journalFailure(path: string, cause: unknown): RankwrightError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${path} cannot be written: ${reason}; free the disk, or write elsewhere. What it holds is whole.`;
  return new RankwrightError("WRITE_FAILED", message, { field: "file", value: path, cause });
}
