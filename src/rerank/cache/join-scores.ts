import type { Evidence, ScoreResult } from "../../types/index.js";
import { mapWarnings } from "../map-documents.js";
import type { CachedScore } from "./cached-score.js";
import { mergeWarnings } from "./cached-warnings.js";

/**
 * One result from what a cache knew and what was scored.
 *
 * @param known By pair; undefined where it was scored.
 * @param missing The pairs that were scored, ascending.
 * @param fresh Their result.
 */
export function joinScores(
  known: readonly (CachedScore | undefined)[],
  missing: readonly number[],
  fresh: ScoreResult,
): ScoreResult {
  const scores = Float64Array.from(known, (entry) => entry?.score ?? 0);
  const evidence: (Evidence | undefined)[] = known.map((entry) => entry?.evidence);
  for (const [i, pair] of missing.entries()) {
    scores[pair] = fresh.scores[i]!;
    evidence[pair] = fresh.evidence?.[i];
  }
  const complete = evidence.filter((each) => each !== undefined);
  const { evidence: _, ...others } = fresh;
  return {
    ...others,
    scores,
    unscored: (fresh.unscored ?? []).map((i) => missing[i]!),
    ...(complete.length === known.length && { evidence: complete }),
    tokens: fresh.tokens ?? 0,
    warnings: mergeWarnings(
      mapWarnings(fresh.warnings ?? [], missing),
      known.map((entry) => entry?.warnings),
    ),
  };
}
