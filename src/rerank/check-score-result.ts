import { type Pair, RankwrightError, type ScoreResult, show } from "../types/index.js";

/**
 * Holds a scorer to its contract: a finite score for each pair that it does not name as unscored, indices
 * whole, in range, ascending and unique, evidence for each pair and inside its text.
 *
 * @param nameOf What to call pair `i` in a message, e.g. `documents[3]`.
 * @throws RankwrightError INVALID_PLUGIN_RESULT or NON_FINITE_SCORE.
 */
export function checkScoreResult(
  scorerId: string,
  result: ScoreResult,
  pairs: readonly Pair[],
  nameOf: (pair: number) => string,
): void {
  const refuse = (field: string, value: unknown, rule: string): never => {
    const message = `Scorer ${show(scorerId)} returned ${field} ${show(value)}; ${rule}.`;
    throw new RankwrightError("INVALID_PLUGIN_RESULT", message, { field, value });
  };
  const checkIndices = (field: string, indices: readonly number[]): void => {
    if (!Array.isArray(indices)) refuse(field, indices, "it must be an array");
    for (const [k, index] of indices.entries()) {
      const inRange = Number.isInteger(index) && index >= 0 && index < pairs.length;
      if (!inRange) refuse(`${field}[${k}]`, index, `it must be the index of one of ${pairs.length} pairs`);
      if (k > 0 && indices[k - 1]! >= index) refuse(field, indices, "the indices must ascend");
    }
  };

  if (typeof result !== "object" || result === null) refuse("the result", result, "it must be an object");
  const { scores, unscored = [], evidence, tokens = 0, cacheHits = 0, warnings = [] } = result;
  if (scores?.length !== pairs.length) {
    refuse("scores.length", scores?.length, `there are ${pairs.length} pairs`);
  }
  checkIndices("unscored", unscored);
  if (!(Number.isFinite(tokens) && tokens >= 0)) refuse("tokens", tokens, "it must be a count");
  const scored = pairs.length - unscored.length;
  if (!(Number.isInteger(cacheHits) && cacheHits >= 0 && cacheHits <= scored)) {
    refuse("cacheHits", cacheHits, `it must be a count of the ${scored} scored pairs`);
  }
  if (!Array.isArray(warnings)) refuse("warnings", warnings, "it must be an array");
  for (const [i, warning] of warnings.entries()) {
    if (warning.documents !== undefined) checkIndices(`warnings[${i}].documents`, warning.documents);
  }
  if (evidence !== undefined && evidence.length !== pairs.length) {
    refuse("evidence.length", evidence.length, `there are ${pairs.length} pairs`);
  }

  const skipped = new Set(unscored);
  for (const [i, { document }] of pairs.entries()) {
    if (skipped.has(i)) continue;
    if (!Number.isFinite(scores[i])) {
      const field = nameOf(i);
      const message = `Scorer ${show(scorerId)} gave ${field} the score ${show(scores[i])}; scores must be finite numbers.`;
      throw new RankwrightError("NON_FINITE_SCORE", message, { field, value: scores[i] });
    }
    if (!evidence) continue;
    const [start, end] = evidence[i]?.window ?? [Number.NaN, Number.NaN];
    if (!(0 <= start && start <= end && end <= document.text.length)) {
      refuse(`evidence[${i}].window`, evidence[i]?.window, "it must lie inside the text");
    }
  }
}
