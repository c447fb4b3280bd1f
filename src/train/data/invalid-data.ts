import { lineError } from "../../files/line-error.js";
import { type ErrorDetails, RankwrightError } from "../../types/index.js";

/** Where an example was read. */
export interface Origin {
  readonly file: string;
  /** 1 for the first. */
  readonly line: number;
}

/** INVALID_TRAINING_DATA about one line. @param problem What is wrong; the mend; no full stop. */
export function invalidData(
  { file, line }: Origin,
  problem: string,
  details: ErrorDetails = {},
): RankwrightError {
  return lineError("INVALID_TRAINING_DATA", file, line, problem, details);
}

const LINE_CODES: ReadonlySet<string> = new Set(["INVALID_TRAINING_DATA", "INVALID_JSON", "INVALID_UTF8"]);

/** Whether an error is about one line alone, so that the others may still be read. */
export function isLineError(error: unknown): error is RankwrightError {
  return RankwrightError.isInstance(error) && LINE_CODES.has(error.code);
}
