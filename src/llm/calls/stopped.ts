import { type ErrorCode, RankwrightError } from "../../types/index.js";

/** Why a request makes no further calls although it is not done. */
export type StopReason = "deadline" | "budget" | "outage";

/** Ends what asks; never leaves the room that catches it. */
export class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, cause?: unknown) {
    super(`no further calls: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** What an error of a call means for the request: it ends (`throw`, `stop`), or goes on without this answer (`miss`). */
export type Consequence =
  | { readonly kind: "throw" }
  | { readonly kind: "stop"; readonly reason: StopReason }
  | { readonly kind: "miss"; readonly code: ErrorCode };

/** Of one call, that the next may do without. */
const MISSES: readonly ErrorCode[] = [
  "REMOTE_REJECTED",
  "REMOTE_RATE_LIMITED",
  "REMOTE_UNAVAILABLE",
  "REMOTE_TIMEOUT",
  "REMOTE_BAD_RESPONSE",
  "CONTENT_REFUSED",
  "CONTEXT_EXCEEDED",
];

/** A wrong key or an unknown model, what is no error of ours, and everything unexpected end the request. */
export function consequenceOf(error: unknown): Consequence {
  if (!RankwrightError.isInstance(error)) return { kind: "throw" };
  if (error.code === "BUDGET_EXCEEDED") return { kind: "stop", reason: "budget" };
  if (error.code === "DEADLINE_EXCEEDED") return { kind: "stop", reason: "deadline" };
  return MISSES.includes(error.code) ? { kind: "miss", code: error.code } : { kind: "throw" };
}

/** Resolves to the reason where a method was stopped. */
export async function untilStopped(work: Promise<void>): Promise<StopReason | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return error.reason;
    throw error;
  }
}
