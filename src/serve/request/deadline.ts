import { RankwrightError, show } from "../../types/index.js";

/** How many milliseconds a caller gives: at that time the best ranking known is returned. */
export const DEADLINE_HEADER = "x-rankwright-deadline-ms";

/**
 * Milliseconds that a request may take: what its header says, but never more than the server's own limit.
 * Undefined where neither sets one.
 *
 * @throws RankwrightError INVALID_REQUEST
 */
export function deadlineOf(headers: Headers, most: number | undefined): number | undefined {
  const given = headers.get(DEADLINE_HEADER);
  if (given === null) return most;
  if (!/^\d{1,9}$/.test(given)) {
    const message = `the header ${DEADLINE_HEADER} is ${show(given)}; give whole milliseconds`;
    throw new RankwrightError("INVALID_REQUEST", message, { field: DEADLINE_HEADER, value: given });
  }
  return Math.min(Number(given), most ?? Number.POSITIVE_INFINITY);
}
