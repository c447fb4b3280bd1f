import { orAborted } from "../files/or-aborted.js";
import {
  type Document,
  RankwrightError,
  type Reranker,
  type RerankRequest,
  type RerankResult,
  type ScoreResult,
  type Scorer,
  type Warning,
  type WarningCode,
} from "../types/index.js";
import { capsNotApplied } from "./caps-not-applied.js";
import { checkScoreResult } from "./check-score-result.js";
import { type DistinctDocuments, distinctDocuments } from "./distinct-documents.js";
import { type Limits, resolveLimits } from "./limits.js";
import { mapWarnings } from "./map-documents.js";
import { OpenCalls } from "./open-calls.js";
import { orderByScore } from "./order-by-score.js";
import { validateRequest } from "./validate-request.js";

export interface PointwiseOptions {
  /** What one request may hold at most; what is left out comes from `LIMITS`. */
  readonly limits?: Partial<Limits> | undefined;
}

/**
 * Ranks candidates by the score that a model gives to each of them alone. Candidates that read the same are
 * scored once; `onProgress` counts distinct candidates. Candidates without a score, because of a deadline or for a
 * reason that the scorer's warnings give, follow the others in their given order. `close()` waits for calls under
 * way, then closes the scorer.
 *
 * `rerank` throws what `validateRequest` and `checkScoreResult` throw, ABORTED (cause: the signal's reason)
 * as soon as the signal is aborted, CLOSED after `close()`, and passes on what the scorer throws.
 */
export function pointwise(scorer: Scorer, options: PointwiseOptions = {}): Reranker {
  const limits = resolveLimits(options.limits);
  const calls = new OpenCalls(scorer.id);

  async function rerank(request: RerankRequest): Promise<RerankResult> {
    const started = performance.now();
    calls.checkOpen();
    const valid = validateRequest(request, limits);
    const { query, documents, topN, instruction, signal, deadlineMs, priority, onProgress } = valid;
    const { maxQueryTokens, maxDocumentTokens } = valid;
    const caps = { maxQueryTokens, maxDocumentTokens };
    const deadline = deadlineMs === undefined ? undefined : started + deadlineMs;
    const groups = distinctDocuments(documents);
    const pairs = groups.distinct.map((document) => ({ query, document }));

    const handed = performance.now();
    const options = { ...caps, instruction, signal, deadline, priority, onProgress };
    const work = calls.track(() => scorer.score(pairs, options));
    const result = await orAborted(work, signal);
    const scored = performance.now();

    checkScoreResult(scorer.id, result, pairs, (pair) => `documents[${groups.candidates[pair]![0]}]`);
    const unexplained = unexplainedPairs(result);
    if (deadline === undefined && unexplained.length > 0) {
      const message = `Scorer ${scorer.id} left ${unexplained.length} pairs unscored without a deadline, and no warning says why.`;
      throw new RankwrightError("INVALID_PLUGIN_RESULT", message, { field: "unscored", value: unexplained });
    }
    const results = rank(documents, groups, result);
    const ended = performance.now();
    return {
      results: results.slice(0, topN),
      model: scorer.id,
      scoreScale: scorer.scoreScale,
      usage: {
        pairs: pairs.length - (result.unscored?.length ?? 0) - (result.cacheHits ?? 0),
        tokens: result.tokens ?? 0,
        calls: 0,
        ...result.remote,
        ...(result.cacheHits !== undefined && { cacheHits: result.cacheHits }),
      },
      timings: {
        totalMs: ended - started,
        stages: { ...(result.stages ?? { score: scored - handed }), order: ended - scored },
      },
      warnings: [
        ...mapWarnings(result.warnings ?? [], groups.candidates),
        ...(scorer.capsTokens ? [] : capsNotApplied(scorer.id, caps)),
        ...deadlineWarning(unexplained, groups, documents, deadlineMs),
      ],
    };
  }

  return {
    id: scorer.id,
    scoreScale: scorer.scoreScale,
    get load() {
      return scorer.load;
    },
    rerank,
    close: () => calls.close(() => scorer.close()),
  };
}

function rank(documents: readonly Document[], { candidates }: DistinctDocuments, result: ScoreResult) {
  const missing = new Set(result.unscored);
  let lowest = Number.POSITIVE_INFINITY;
  for (const [pair, score] of result.scores.entries())
    if (!missing.has(pair)) lowest = Math.min(lowest, score);
  const floor = Number.isFinite(lowest) ? lowest : 0;

  const scores = new Float64Array(documents.length);
  const pairOf = new Int32Array(documents.length);
  const unscored = new Set<number>();
  for (const [pair, indices] of candidates.entries()) {
    for (const index of indices) {
      pairOf[index] = pair;
      scores[index] = missing.has(pair) ? floor : result.scores[pair]!;
      if (missing.has(pair)) unscored.add(index);
    }
  }
  const results = orderByScore(scores, unscored).map((index, position) => {
    const scored = !unscored.has(index);
    const evidence = scored ? result.evidence?.[pairOf[index]!] : undefined;
    const document = documents[index]!;
    return {
      index,
      rank: position + 1,
      score: scores[index]!,
      scored,
      document,
      ...(evidence && { evidence }),
    };
  });
  return results;
}

/** Warnings that say why a pair has no score. */
const REASONS: readonly WarningCode[] = ["unjudged", "budget", "outage"];

/** Pairs that have no score although no warning of the scorer says why. */
function unexplainedPairs({ unscored = [], warnings = [] }: ScoreResult): readonly number[] {
  const reasons = warnings.filter(({ code }) => REASONS.includes(code));
  const named = new Set(reasons.flatMap(({ documents }) => documents ?? []));
  return unscored.filter((pair) => !named.has(pair));
}

function deadlineWarning(
  pairs: readonly number[],
  { candidates }: DistinctDocuments,
  all: readonly Document[],
  deadlineMs: number | undefined,
): Warning[] {
  if (pairs.length === 0) return [];
  const documents = pairs.flatMap((pair) => candidates[pair]!).sort((a, b) => a - b);
  const message = `${documents.length} of ${all.length} documents had no score after ${deadlineMs} ms; they follow the others in the order given.`;
  return [{ code: "deadline", message, documents }];
}
