import { type ErrorCode, type ErrorDetails, RankwrightError } from "../types/index.js";

/** An error about one line of a file. @param problem What is wrong; the mend; no full stop. */
export function lineError(
  code: ErrorCode,
  name: string,
  line: number,
  problem: string,
  details: ErrorDetails = {},
): RankwrightError {
  return new RankwrightError(code, `${name}, line ${line}: ${problem}.`, {
    field: `line ${line}`,
    ...details,
  });
}

export function notUtf8(name: string, line: number, cause: unknown): RankwrightError {
  return lineError("INVALID_UTF8", name, line, "these bytes are not UTF-8; save the file as UTF-8", {
    cause,
  });
}
