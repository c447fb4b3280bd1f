import { orAborted } from "../../files/or-aborted.js";
import { networkReason } from "../../http/network-reason.js";
import { MAX_RETRY_AFTER_MS } from "../../http/retry-after.js";
import { Watchdog } from "../../http/watchdog.js";
import { RankwrightError } from "../../types/index.js";
import type { ChatOptions } from "../chat-model.js";
import type { Clock } from "./clock.js";
import type { GateLimits } from "./gate.js";
import { gateOf } from "./gates.js";
import { type Redact, redactedCause } from "./redact.js";
import { RemoteFailure } from "./remote-failure.js";

/** Where the attempts go and how many there may be. */
export interface AttemptPolicy {
  readonly host: string;
  /** With `key`, what shares limits. */
  readonly address: string;
  readonly key: string | undefined;
  readonly limits: GateLimits;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly redact: Redact;
  readonly clock: Clock;
}

export interface AttemptedCall<T> extends ChatOptions {
  /** Estimated, for `tokensPerMinute`. */
  readonly tokens?: number | undefined;
  /** As the answer has them. */
  readonly usedTokens?: ((value: T) => number | undefined) | undefined;
}

export interface Attempted<T> {
  readonly value: T;
  readonly attempts: number;
  /** Attempts without an answer that may be billed all the same. */
  readonly unaccounted: number;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;

/** Connections that never came about: the server got nothing. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
/** Nor will they: no certificate and no address gets better by waiting. */
const HOPELESS = /CERT|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO|^bad port$/;
const SILENT = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/;

/**
 * Tries until an attempt gives a value, fails for good, or has failed `retries` times more than it may. Each
 * attempt waits for its turn at the endpoint's gate; between them it backs off with full jitter, for at least as
 * long as the server asks.
 *
 * @throws RemoteFailure ABORTED, DEADLINE_EXCEEDED, REMOTE_TIMEOUT, REMOTE_UNAVAILABLE, and what attempts throw
 */
export async function withAttempts<T>(
  policy: AttemptPolicy,
  attempt: (signal: AbortSignal) => Promise<T>,
  call: AttemptedCall<T> = {},
): Promise<Attempted<T>> {
  const { clock } = policy;
  const left = (call.deadline ?? Number.POSITIVE_INFINITY) - clock.now();
  const overall = new Watchdog(Math.max(0, left), call.signal);
  const counts = { attempts: 0, unaccounted: 0 };
  try {
    if (!(left > 0)) throw deadlineExceeded(policy);
    overall.signal.throwIfAborted();
    for (;;) {
      const outcome = await attemptOnce(policy, attempt, call, overall, counts);
      if (!(outcome instanceof RemoteFailure)) return { value: outcome.value, ...counts };
      await pauseAfter(outcome, policy, call, overall, counts);
    }
  } catch (error) {
    throw Object.assign(finalFailure(error, policy, call, overall), counts);
  } finally {
    overall.stop();
  }
}

async function attemptOnce<T>(
  policy: AttemptPolicy,
  attempt: (signal: AbortSignal) => Promise<T>,
  call: AttemptedCall<T>,
  overall: Watchdog,
  counts: { attempts: number; unaccounted: number },
): Promise<{ readonly value: T } | RemoteFailure> {
  const { address, key, limits, clock, timeoutMs } = policy;
  const gate = gateOf(address, key, clock.now());
  const leave = await gate.enter(limits, call.tokens ?? 0, clock, overall.signal);
  const timer = new Watchdog(timeoutMs, overall.signal);
  let used: number | undefined;
  counts.attempts++;
  try {
    const value = await orAborted(attempt(timer.signal), timer.signal);
    used = call.usedTokens?.(value);
    return { value };
  } catch (error) {
    if (overall.signal.aborted) {
      counts.unaccounted++;
      throw error;
    }
    const failure = timer.barked ? timedOut(policy) : attemptFailure(error, policy);
    if (failure.mayBeBilled) counts.unaccounted++;
    if (failure.retryAfterMs !== undefined && failure.retryAfterMs <= MAX_RETRY_AFTER_MS) {
      gate.closeUntil(clock.now() + failure.retryAfterMs);
    }
    return failure;
  } finally {
    timer.stop();
    leave(used);
  }
}

/** Waits before the next attempt; throws the failure where there should be none. */
async function pauseAfter(
  failure: RemoteFailure,
  { clock, retries }: AttemptPolicy,
  { deadline = Number.POSITIVE_INFINITY }: ChatOptions,
  overall: Watchdog,
  { attempts }: { readonly attempts: number },
): Promise<void> {
  if (!failure.retryable) throw failure;
  const giveUp = (why: string) => {
    failure.message += ` (gave up after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}${why})`;
    return failure;
  };
  const asked = failure.retryAfterMs ?? 0;
  if (asked > MAX_RETRY_AFTER_MS) {
    throw giveUp(`: the server asks for a pause of ${Math.ceil(asked / 1000)} s`);
  }
  if (attempts > retries) throw giveUp("");
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1));
  const pause = asked + clock.random() * backoff;
  // What went wrong says more than the deadline does, and leaves time for something else.
  if (clock.now() + pause >= deadline) throw giveUp(": the deadline comes before the next one");
  await clock.sleep(pause, overall.signal);
}

/** What an attempt that threw comes to. */
function attemptFailure(error: unknown, { host, redact }: AttemptPolicy): RemoteFailure {
  if (error instanceof RemoteFailure) return error;
  const reason = redact(networkReason(error));
  const cause = redactedCause(error, redact);
  if (SILENT.test(reason)) {
    const message = `${host} was silent for too long (${reason}): try again, or ask for shorter answers`;
    return new RemoteFailure("REMOTE_TIMEOUT", message, { retryable: true, mayBeBilled: true, cause });
  }
  return new RemoteFailure(
    "REMOTE_UNAVAILABLE",
    `${host} could not be reached (${reason}): check that it runs, baseUrl and the connection`,
    {
      retryable: !HOPELESS.test(reason),
      mayBeBilled: !NOT_SENT.test(reason) && !HOPELESS.test(reason),
      cause,
    },
  );
}

function timedOut({ host, timeoutMs }: AttemptPolicy): RemoteFailure {
  const message = `${host} did not answer within ${timeoutMs} ms: try again, or raise timeoutMs`;
  return new RemoteFailure("REMOTE_TIMEOUT", message, { retryable: true, mayBeBilled: true });
}

function deadlineExceeded({ host }: AttemptPolicy): RemoteFailure {
  return new RemoteFailure("DEADLINE_EXCEEDED", `the deadline came before an answer of ${host}`);
}

function finalFailure(
  error: unknown,
  policy: AttemptPolicy,
  call: ChatOptions,
  overall: Watchdog,
): RemoteFailure {
  if (call.signal?.aborted) {
    const message = `the call to ${policy.host} was aborted through its \`signal\``;
    return new RemoteFailure("ABORTED", message, { field: "signal", cause: call.signal.reason });
  }
  if (overall.barked) return deadlineExceeded(policy);
  if (error instanceof RemoteFailure) return error;
  const code = RankwrightError.isInstance(error) ? error.code : "INTERNAL";
  return new RemoteFailure(code, policy.redact(String(error)), {
    cause: redactedCause(error, policy.redact),
  });
}
