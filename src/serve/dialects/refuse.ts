import { type ErrorCode, RankwrightError, show } from "../../types/index.js";

/** What is wrong with a request's field, and what to do about it. @throws RankwrightError always */
export function refuse(code: ErrorCode, field: string, value: unknown, mend: string): never {
  const state = value === undefined ? "is missing" : `is ${quoted(value)}`;
  throw new RankwrightError(code, `${field} ${state}; ${mend}`, { field, value });
}

/** A value nested so deeply that printing it overflows the stack is not worth printing. */
function quoted(value: unknown): string {
  try {
    return show(value);
  } catch {
    return "nested too deeply";
  }
}
