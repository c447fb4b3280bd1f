import { ERROR_CODES, type ErrorCode, RankwrightError } from "../../types/index.js";
import type { Dialect, Refusal } from "./dialect.js";

/** Every code that is not the server's own fault or state; all others are 500. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400,
  INVALID_OPTION: 400,
  INVALID_JSON: 400,
  INVALID_UTF8: 400,
  INVALID_COMPRESSION: 400,
  INVALID_DOCUMENT: 400,
  EMPTY_QUERY: 400,
  NO_DOCUMENTS: 400,
  DOCUMENT_TRUNCATED: 400,
  UNAUTHORIZED: 401,
  UNKNOWN_ROUTE: 404,
  UNKNOWN_MODEL: 404,
  REQUEST_TIMEOUT: 408,
  REQUEST_TOO_LARGE: 413,
  TOO_MANY_DOCUMENTS: 413,
  DOCUMENT_TOO_LONG: 413,
  OVERLOADED: 429,
  // The caller went away; nginx's number, which Cohere uses too.
  ABORTED: 499,
  // A model elsewhere that this server asks.
  REMOTE_UNAUTHORIZED: 502,
  REMOTE_NOT_FOUND: 502,
  REMOTE_REJECTED: 502,
  REMOTE_UNAVAILABLE: 502,
  REMOTE_BAD_RESPONSE: 502,
  CONTEXT_EXCEEDED: 502,
  CONTENT_REFUSED: 502,
  LOGPROBS_MISSING: 502,
  REMOTE_RATE_LIMITED: 503,
  BUDGET_EXCEEDED: 503,
  REMOTE_TIMEOUT: 504,
  SHUTTING_DOWN: 503,
  CLOSED: 503,
  MODEL_UNAVAILABLE: 503,
  FALLBACK_EXHAUSTED: 503,
  DEADLINE_EXCEEDED: 504,
};

/** Statuses of refusals. 422 and 424 stand for 400 and 500 where a dialect has it so. */
export const REFUSAL_STATUSES = [400, 401, 404, 408, 413, 422, 424, 429, 499, 500, 502, 503, 504] as const;

/** Errors with a status from 500 whose message is meant for callers. */
const SAYABLE: readonly ErrorCode[] = ["SHUTTING_DOWN", "DEADLINE_EXCEEDED"];

const DEFAULT_RETRY_SECONDS = 1;

export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

/**
 * What a caller may read. Of what goes wrong inside the server it is told the kind alone: messages may name files
 * and models that are none of its business.
 */
export function messageOf(error: RankwrightError): string {
  if (statusOf(error.code) < 500 || SAYABLE.includes(error.code)) return error.message;
  return ERROR_CODES[error.code];
}

/**
 * Seconds after which a caller may try again, whole and at least 1: what `value` of an OVERLOADED, SHUTTING_DOWN,
 * MODEL_UNAVAILABLE or FALLBACK_EXHAUSTED error says, default 1; undefined for errors that trying again does not mend.
 */
export function retryAfter(error: RankwrightError): number | undefined {
  const status = statusOf(error.code);
  if (status !== 429 && status !== 503) return undefined;
  const seconds = typeof error.value === "number" && error.value >= 0 ? error.value : DEFAULT_RETRY_SECONDS;
  return Math.max(1, Math.ceil(Math.min(seconds, 86_400)));
}

/** Whatever was thrown, as this package's error; what is foreign is a defect. */
export function asRankwrightError(thrown: unknown): RankwrightError {
  if (RankwrightError.isInstance(thrown)) return thrown;
  return new RankwrightError("INTERNAL", "A defect of the server; please report it.", { cause: thrown });
}

/** The answer that says no: status, headers and body in the dialect's words. */
export function refusalOf(
  dialect: Dialect,
  thrown: unknown,
): Refusal & { readonly headers: Readonly<Record<string, string>> } {
  const error = asRankwrightError(thrown);
  const seconds = retryAfter(error);
  const headers = {
    ...(seconds === undefined ? {} : { "retry-after": String(seconds) }),
    ...(error.code === "UNAUTHORIZED" ? { "www-authenticate": "Bearer" } : {}),
  };
  return { ...dialect.refuse(error, statusOf(error.code)), headers };
}
