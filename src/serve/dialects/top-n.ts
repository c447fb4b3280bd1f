import { refuse } from "./refuse.js";
import type { DialectSettings } from "./settings.js";

/** How many results to ask for, and how many of them to tell. */
export interface TopN {
  /** For `ServeRequest.topN`. */
  readonly asked: number | undefined;
  /** Cuts the results that came back: only "none" needs it, which no ranking can be asked for. */
  cut<Item>(results: readonly Item[]): readonly Item[];
}

/**
 * `top_n` where 0 has a meaning.
 *
 * @throws RankwrightError INVALID_REQUEST for 0 where `zero` is `invalid`
 */
export function readTopN(topN: number | null | undefined, zero: DialectSettings["topNZero"]): TopN {
  if (topN === 0 && zero === "invalid") {
    refuse(
      "INVALID_REQUEST",
      "top_n",
      topN,
      "pass a whole number from 1, or leave it out to get all results",
    );
  }
  const none = topN === 0 && zero === "none";
  return {
    asked: topN === 0 ? (none ? 1 : undefined) : (topN ?? undefined),
    cut: (results) => (none ? [] : results),
  };
}
