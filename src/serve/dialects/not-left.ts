import { refuse } from "./refuse.js";

/**
 * Documents keep their beginning when they are cut. A caller who asks for their end must not be answered as if it
 * had been read.
 *
 * @throws RankwrightError INVALID_REQUEST
 */
export function notLeft(field: string, side: string | null | undefined): void {
  if (side?.toLowerCase() !== "left") return;
  refuse("INVALID_REQUEST", field, side, 'pass "right" or leave it out: documents are cut at their end');
}
