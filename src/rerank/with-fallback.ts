import {
  type ErrorCode,
  type PartRecord,
  RankwrightError,
  type Reranker,
  type RerankResult,
  show,
  type Warning,
} from "../types/index.js";
import { asGiven } from "./as-given.js";
import { Breaker, type BreakerOptions } from "./breaker.js";
import { ask } from "./combine/ask.js";
import { checkMembers } from "./combine/check-members.js";
import type { Clock } from "./combine/clock.js";
import { type CombineOptions, type ComposedRanking, composed } from "./combine/composed.js";
import { failedPart, skippedPart } from "./combine/part-record.js";
import { type Ranker, toReranker } from "./combine/to-reranker.js";
import { unscoredReason } from "./combine/unscored-reason.js";
import type { ValidRequest } from "./validate-request.js";

export interface FallbackOptions extends CombineOptions {
  /** Milliseconds that each reranker has to answer. Default: as long as it takes. */
  readonly timeoutMs?: number | undefined;
  /** When a reranker that keeps failing is left out for a while; false: never. */
  readonly breaker?: BreakerOptions | false | undefined;
  /** Where no reranker answers, keep the candidates' order, on the scale `rank`, instead of failing. Default: false. */
  readonly passthrough?: boolean | undefined;
  /** Called with every failure that leads to the next reranker. */
  readonly onFailure?: ((failure: FallbackFailure) => void) | undefined;
}

export interface FallbackFailure {
  /** Id of the reranker that failed. */
  readonly reranker: string;
  readonly error: unknown;
}

/** What another reranker would say too: it is the request that is wrong, or nobody wants an answer. */
const NO_FALLBACK: readonly ErrorCode[] = [
  "ABORTED",
  "EMPTY_QUERY",
  "NO_DOCUMENTS",
  "INVALID_DOCUMENT",
  "INVALID_OPTION",
  "TOO_MANY_DOCUMENTS",
  "DOCUMENT_TOO_LONG",
  "DOCUMENT_TRUNCATED",
  "REQUEST_TOO_LARGE",
];

/** What says something of one request, not of the reranker's health. */
const NOT_ILL: readonly ErrorCode[] = ["CONTEXT_EXCEEDED", "CONTENT_REFUSED"];

interface Choice {
  readonly reranker: Reranker;
  readonly breaker: Breaker | undefined;
}

/** Why a reranker did not answer. */
interface Failure {
  readonly model: string;
  /** In a few words, without anything that only the inside should know. */
  readonly reason: string;
  readonly error?: unknown;
  /** Milliseconds until it would be tried again. */
  readonly waitMs: number;
}

/**
 * Asks the first reranker, and where it fails, takes too long or has no score for any candidate because its remote model
 * or its budget gave out, the next one. A result that is not the first choice's
 * has a `fallback` warning that says who answered in place of whom, and why; its scale may be another one, so that
 * thresholds made for the first choice mean nothing on it. Requests that are wrong, and aborts, fail at once.
 *
 * @throws RankwrightError INVALID_OPTION; `rerank` throws FALLBACK_EXHAUSTED where none answered
 */
export function withFallback(rerankers: readonly Ranker[], options: FallbackOptions = {}): Reranker {
  const { timeoutMs, breaker, passthrough = false } = options;
  checkMembers("fallback", rerankers);
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    const message = `timeoutMs is ${show(timeoutMs)}; give milliseconds above 0`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "timeoutMs", value: timeoutMs });
  }
  const members = rerankers.map((given, i) => toReranker(given, `fallback[${i}]`));
  const choices: Choice[] = members.map((reranker) => ({
    reranker,
    breaker: breaker === false ? undefined : new Breaker(breaker),
  }));
  if (passthrough) choices.push({ reranker: asGiven(), breaker: undefined });
  return composed(
    {
      id: `fallback(${choices.map(({ reranker }) => reranker.id).join(", ")})`,
      scoreScale: members[0]!.scoreScale,
      members,
      rank: (request, clock) => rank(choices, options, request, clock),
    },
    options,
  );
}

async function rank(
  choices: readonly Choice[],
  { timeoutMs, onFailure }: FallbackOptions,
  request: ValidRequest,
  clock: Clock,
): Promise<ComposedRanking> {
  const { documents, topN, signal, onProgress } = request;
  const failures: Failure[] = [];
  const parts: PartRecord[] = [];
  for (const [c, { reranker, breaker }] of choices.entries()) {
    const trial = breaker?.enter();
    if (breaker && !trial) {
      failures.push({ model: reranker.id, reason: "left out after failures", waitMs: breaker.waitMs });
      parts.push(skippedPart(reranker.id));
      continue;
    }
    const started = performance.now();
    const fail = (error: unknown, reason: string) => {
      failures.push({ model: reranker.id, reason, error, waitMs: breaker?.waitMs ?? 0 });
      onFailure?.({ reranker: reranker.id, error });
    };
    try {
      const question = { documents, topN, signal, onProgress, limitMs: timeoutMs };
      const { result, part } = await ask(reranker, request, question, clock);
      const reason = result && unscoredReason(result);
      const gaveUp = reason !== undefined && reason !== "deadline";
      parts.push(gaveUp ? { ...part, outcome: "failed" } : part);
      if (result && !gaveUp) {
        // An answer without a score, because there was no time, says nothing of its health.
        trial?.[reason ? "abandoned" : "succeeded"]();
        const skipped = choices.slice(c + 1).map((other) => skippedPart(other.reranker.id));
        return answered(result, failures, [...parts, ...skipped], choices[0]!.reranker);
      }
      if (result && reason) {
        trial?.[reason === "outage" ? "failed" : "abandoned"]();
        const said = result.warnings.find(({ code }) => code === reason)?.message;
        fail(new RankwrightError("REMOTE_UNAVAILABLE", `${reranker.id} gave no score: ${said}`), reason);
        continue;
      }
      trial?.failed();
      const ms = Math.round(part.totalMs);
      fail(
        new RankwrightError("DEADLINE_EXCEEDED", `${reranker.id} did not answer within ${ms} ms`),
        "too late",
      );
    } catch (error) {
      const code = RankwrightError.isInstance(error) ? error.code : "INTERNAL";
      if (NO_FALLBACK.includes(code) || signal?.aborted) {
        trial?.abandoned();
        throw error;
      }
      trial?.[NOT_ILL.includes(code) ? "abandoned" : "failed"]();
      fail(error, code);
      parts.push(failedPart(reranker.id, documents.length, performance.now() - started, code));
    }
  }
  throw exhausted(failures);
}

function answered(
  result: RerankResult,
  failures: readonly Failure[],
  parts: readonly PartRecord[],
  first: Reranker,
): ComposedRanking {
  const { results, scoreScale, model, warnings } = result;
  return {
    ...{ results, scoreScale, model, parts, answers: [result] },
    warnings: failures.length === 0 ? warnings : [fallbackWarning(result, failures, first), ...warnings],
  };
}

function fallbackWarning(
  { model, scoreScale }: RerankResult,
  failures: readonly Failure[],
  first: Reranker,
): Warning {
  const scale =
    scoreScale === first.scoreScale
      ? `scores are those of another model`
      : `scores are on the scale ${scoreScale}, not ${first.scoreScale}`;
  return {
    code: "fallback",
    message: `${model} answered in place of ${list(failures)}; ${scale}, so that thresholds made for ${first.id} mean nothing on them.`,
  };
}

function exhausted(failures: readonly Failure[]): RankwrightError {
  const seconds = Math.ceil(Math.min(...failures.map(({ waitMs }) => waitMs)) / 1000);
  const errors = failures.map(({ error }) => error).filter((error) => error !== undefined);
  return new RankwrightError(
    "FALLBACK_EXHAUSTED",
    `none of ${failures.length} rerankers answered: ${list(failures)}; try again in ${Math.max(1, seconds)} s, or add passthrough: true to keep the candidates' order then`,
    { value: seconds, cause: new AggregateError(errors, "what each of them said") },
  );
}

function list(failures: readonly Failure[]): string {
  return failures.map(({ model, reason }) => `${model} (${reason})`).join(", ");
}
