import { checkRerankResult } from "../../rerank/index.js";
import { RankwrightError, type RerankResult } from "../../types/index.js";
import type { ServeRequest } from "../dialects/dialect.js";
import type { ModelHost } from "../models/host.js";
import { type RecordedAnswer, runRecord } from "./run-record.js";
import { scaleScores } from "./scale-scores.js";

/** The circumstances of a request. */
export interface Circumstances {
  readonly id: string;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  /** `performance.now()` value at which the best ranking known is returned. */
  readonly deadline?: number | undefined;
}

/**
 * Has a model rank the documents of one request.
 *
 * @throws RankwrightError UNKNOWN_MODEL, MODEL_UNAVAILABLE, DEADLINE_EXCEEDED when time ran out before any
 * document had a score, DOCUMENT_TRUNCATED where a text would have been cut and must not be, and what
 * `Reranker.rerank` throws
 */
export async function answerRequest(
  request: ServeRequest,
  host: ModelHost,
  { id, signal, deadline }: Circumstances,
): Promise<RecordedAnswer> {
  const model = host.resolve(request.model);
  const { query, documents, topN, instruction, priority } = request;
  const started = performance.now();
  return host.use(
    request.model,
    async (reranker, waitedMs) => {
      const result = await reranker.rerank({
        query,
        documents,
        instruction,
        maxQueryTokens: request.maxTokensPerQuery,
        maxDocumentTokens: request.maxTokensPerDocument,
        signal,
        // Zero is a dialect's way to ask for no results; a reranker has no word for that.
        topN: topN === undefined ? undefined : Math.max(topN, 1),
        deadlineMs: deadline === undefined ? undefined : Math.max(0, deadline - performance.now()),
        priority,
      });
      checkRerankResult(result, { documents: documents.length });
      if (deadline !== undefined) refuseUnscored(result);
      if (request.truncate === false) refuseTruncated(result);
      const { info } = host.state(model);
      const { scoreScale } = result;
      const scaled = scoreScale === "logit" || scoreScale === "probability";
      return {
        id,
        model,
        results: scaleScores(result.results, result.scoreScale, request.scores).slice(0, topN),
        usage: result.usage,
        timings: {
          ...result.timings,
          totalMs: performance.now() - started,
          queueMs: waitedMs + (result.timings.stages.queue ?? 0),
        },
        warnings: result.warnings,
        record: {
          ...runRecord(result.model, info, scaled ? request.scores : scoreScale),
          ...(result.parts && { parts: result.parts }),
        },
      };
    },
    { signal, deadline },
  );
}

function refuseUnscored({ results, warnings }: RerankResult): void {
  if (results.some(({ scored }) => scored)) return;
  const { message } = warnings.find(({ code }) => code === "deadline") ?? {
    message: "no document had a score",
  };
  const mend = "give more time, fewer documents, or try again when the server has less to do";
  throw new RankwrightError("DEADLINE_EXCEEDED", `${message}; ${mend}`, { field: "deadline" });
}

function refuseTruncated({ warnings }: RerankResult): void {
  const cut = warnings.find(({ code }) => code === "truncated" || code === "query_truncated");
  if (cut === undefined) return;
  const field = cut.code === "truncated" ? `documents[${cut.documents?.[0] ?? 0}]` : "query";
  const message = `${cut.message}; shorten it, or let the server cut it`;
  throw new RankwrightError("DOCUMENT_TRUNCATED", message, { field });
}
