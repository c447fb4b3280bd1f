import { RankwrightError, show } from "../types/index.js";

/** INVALID_OPTION that says what was wanted and what came. */
export function invalidOption(field: string, value: unknown, wanted: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} must be ${wanted}, and is ${show(value)}.`, {
    field,
    value,
  });
}

/** @throws RankwrightError INVALID_OPTION unless the value is a whole number of 1 or more */
export function checkCount(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw invalidOption(field, value, "a whole number of 1 or more");
  }
}
