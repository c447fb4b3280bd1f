import { setTimeout as wait } from "node:timers/promises";
import { aborted, HubFailure } from "./hub-failure.js";

/** Waits; rejects as soon as the signal aborts. Injectable so that tests need not wait. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal });

export interface RetryPolicy {
  /** Failures in a row that are forgiven. */
  readonly retries: number;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal | undefined;
  /** Grows while an attempt gets somewhere; a failure after growth counts as the first again. */
  readonly progress?: (() => number) | undefined;
}

/** A hub that asks for a longer pause than this is left alone: the call fails and says so. */
export const MAX_RETRY_AFTER_MS = 60_000;

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
