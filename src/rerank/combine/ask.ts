import type { Document, PartRecord, Reranker, RerankRequest, RerankResult } from "../../types/index.js";
import { checkRerankResult } from "../check-rerank-result.js";
import type { Clock } from "./clock.js";
import { failedPart } from "./part-record.js";
import { withLimit } from "./with-limit.js";

/** How long a reranker may be late, which may be ending a batch, before nobody waits for it any more. */
const OVERSTAY_MS = 250;

/** What one member of a combination is asked. */
export interface Question {
  readonly documents: readonly Document[];
  /** Default: all. */
  readonly topN?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: RerankRequest["onProgress"];
  /** Milliseconds after which it is given up, whatever the request's deadline. Default: none. */
  readonly limitMs?: number | undefined;
}

export interface Answer {
  /** Absent where it did not answer in time. */
  readonly result?: RerankResult | undefined;
  readonly part: PartRecord;
}

/**
 * Has a member rank documents in what is left of the request's time, and checks what it returns.
 *
 * @throws RankwrightError ABORTED, INVALID_PLUGIN_RESULT, NON_FINITE_SCORE, and what the member throws
 */
export async function ask(
  member: Reranker,
  request: RerankRequest,
  { documents, topN, signal, onProgress, limitMs = Number.POSITIVE_INFINITY }: Question,
  clock: Clock,
): Promise<Answer> {
  const started = performance.now();
  const { leftMs } = clock;
  const deadlineMs = Number.isFinite(leftMs) ? leftMs : undefined;
  const result = await withLimit(
    (own) => member.rerank({ ...request, documents, topN, onProgress, deadlineMs, signal: own }),
    Math.min(leftMs + OVERSTAY_MS, limitMs),
    signal,
  );
  const totalMs = performance.now() - started;
  if (result === undefined)
    return { part: failedPart(member.id, documents.length, totalMs, "DEADLINE_EXCEEDED") };
  checkRerankResult(result, { documents: documents.length, wanted: topN ?? documents.length });
  const late = result.warnings.some(({ code }) => code === "deadline");
  const { model, usage, parts } = result;
  return {
    result,
    part: {
      ...{ model, outcome: late ? "partial" : "ranked", documents: documents.length, totalMs, usage },
      ...(parts && { parts }),
    },
  };
}
