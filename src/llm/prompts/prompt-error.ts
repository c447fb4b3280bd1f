import { lineError } from "../../files/line-error.js";
import type { RankwrightError } from "../../types/index.js";

/** INVALID_PROMPT with file and line. */
export function promptError(
  source: string,
  line: number,
  problem: string,
  field = `line ${line}`,
): RankwrightError {
  return lineError("INVALID_PROMPT", source, line, problem, { field });
}
