import { MAX_RETRY_AFTER_MS } from "../../http/retry-after.js";
import type { Sleep } from "../../http/sleep.js";
import { aborted, HubFailure } from "./hub-failure.js";

export interface RetryPolicy {
  /** Failures in a row that are forgiven. */
  readonly retries: number;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal | undefined;
  /** Grows while an attempt gets somewhere; a failure after growth counts as the first again. */
  readonly progress?: (() => number) | undefined;
}

/** Pause before retry number `failure` (from 0): doubling from 0.5 s to 8 s, of which half is random. */
export function backoffMs(failure: number, random: () => number = Math.random): number {
  const full = Math.min(8000, 500 * 2 ** failure);
  return full / 2 + (full / 2) * random();
}

/** Runs an attempt until it succeeds, fails for good, or has failed too often in a row. */
export async function withRetries<T>(attempt: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  let failures = 0;
  let reached = policy.progress?.() ?? 0;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof HubFailure) || !error.retryable) throw error;
      const now = policy.progress?.() ?? 0;
      if (now > reached) failures = 0;
      reached = Math.max(reached, now);
      const asked = error.retryAfterMs ?? 0;
      if (failures >= policy.retries || asked > MAX_RETRY_AFTER_MS) throw error;
      await pause(Math.max(asked, backoffMs(failures)), policy);
      failures++;
    }
  }
}

/** Sleeps; an abort becomes the ABORTED error. */
export async function pause(ms: number, policy: Pick<RetryPolicy, "sleep" | "signal">): Promise<void> {
  const { signal } = policy;
  try {
    if (!signal?.aborted) await policy.sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  if (signal?.aborted) throw aborted(signal);
}
