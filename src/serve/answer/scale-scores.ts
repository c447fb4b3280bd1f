import { probability } from "../../models/heads.js";
import type { RerankResult, ScoreScale } from "../../types/index.js";
import type { ServeRequest } from "../dialects/dialect.js";

/**
 * Scores on the scale that the caller wants, in the same order: the sigmoid of a logit in double precision,
 * strictly between 0 and 1, and the log-odds of a probability. Similarities and ranks are neither and stay.
 */
export function scaleScores(
  results: RerankResult["results"],
  from: ScoreScale,
  to: ServeRequest["scores"],
): RerankResult["results"] {
  if (from === to) return results;
  if (from === "logit") return results.map((each) => ({ ...each, score: probability(each.score) }));
  if (from === "probability") return results.map((each) => ({ ...each, score: logit(each.score) }));
  return results;
}

/** ln(p / (1 − p)); finite for 0 and 1 too, as a probability rounded to them is neither. */
function logit(p: number): number {
  const inside = Math.min(Math.max(p, Number.MIN_VALUE), 1 - 2 ** -53);
  return Math.log(inside) - Math.log1p(-inside);
}
