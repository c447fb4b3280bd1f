import { RankwrightError, show } from "../../types/index.js";

export const DAMAGED = "The file is incomplete or damaged: fetch it again, or save the model again.";

/** An INVALID_SAFETENSORS error: which file, which field, what it holds, why that is wrong, the mend. */
export function invalid(
  path: string,
  field: string,
  value: unknown,
  why: string,
  options: { readonly mend?: string; readonly cause?: unknown } = {},
): RankwrightError {
  const message = `${path}: ${field} is ${show(value)}, ${why}. ${options.mend ?? DAMAGED}`;
  return new RankwrightError("INVALID_SAFETENSORS", message, { field, value, cause: options.cause });
}

/** A FILE_NOT_FOUND error for what cannot be opened or read. */
export function unreadable(path: string, cause: unknown): RankwrightError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${path} cannot be read: ${why}. Check the path and its rights.`;
  return new RankwrightError("FILE_NOT_FOUND", message, { field: "path", value: path, cause });
}
