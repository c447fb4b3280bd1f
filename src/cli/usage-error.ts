import { RankwrightError, show } from "../types/index.js";

/** What the user typed or set cannot be meant; ends the program with exit code 2. */
export function wrongUsage(
  message: string,
  details: { field?: string; value?: unknown; cause?: unknown } = {},
): RankwrightError {
  return new RankwrightError("WRONG_USAGE", message, details);
}

/** `place` names the flag, variable or key that holds the value. */
export function badValue(place: string, value: unknown, wanted: string): RankwrightError {
  return wrongUsage(`${place} is ${show(value)}; it must be ${wanted}`, { field: place, value });
}
