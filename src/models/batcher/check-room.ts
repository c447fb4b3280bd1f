import { type Load, RankwrightError } from "../../types/index.js";

/** How much may wait. */
export interface Room {
  /** Tokens that may wait. Default: no limit. */
  readonly maxQueuedTokens?: number | undefined;
  /**
   * Milliseconds that a call may expect to wait until those before it are through, at the pace of recent batches.
   * Default: no limit.
   */
  readonly maxQueueMs?: number | undefined;
}

/**
 * Refuses a call for which the queue has no room.
 *
 * @param tokens of the call, or fewer where they are not counted yet
 * @throws RankwrightError OVERLOADED, whose `value` is the seconds until there will be room, where the pace
 * is known; REQUEST_TOO_LARGE where the call would not even fit into an empty queue
 */
export function checkRoom(tokens: number, load: Load, { maxQueuedTokens, maxQueueMs }: Room): void {
  if (maxQueuedTokens !== undefined) checkTokens(tokens, load, maxQueuedTokens);
  if (maxQueueMs !== undefined) checkWait(load, maxQueueMs);
}

function checkTokens(tokens: number, load: Load, most: number): void {
  const beyond = load.queuedTokens + tokens - most;
  if (beyond <= 0) return;
  if (tokens > most) {
    throw new RankwrightError(
      "REQUEST_TOO_LARGE",
      `the call has ${tokens} tokens, and the queue holds ${most}; send fewer documents at once, or raise maxQueuedTokens`,
      { field: "documents", value: tokens },
    );
  }
  const seconds = load.pace === 0 ? undefined : beyond / load.pace;
  const when = seconds === undefined ? "later" : `in ${seconds.toFixed(1)} s`;
  throw new RankwrightError(
    "OVERLOADED",
    `${load.queuedTokens} tokens are waiting, and the queue holds ${most}; try again ${when}, or raise maxQueuedTokens`,
    { field: "maxQueuedTokens", value: seconds },
  );
}

function checkWait({ queuedTokens, pace }: Load, most: number): void {
  // Before the first batch has ended nobody knows.
  if (pace === 0) return;
  const waitMs = (1000 * queuedTokens) / pace;
  if (waitMs <= most) return;
  const seconds = (waitMs - most) / 1000;
  throw new RankwrightError(
    "OVERLOADED",
    `a call has to wait ${Math.ceil(waitMs)} ms, and ${most} are allowed; try again in ${seconds.toFixed(1)} s, or raise maxQueueMs`,
    { field: "maxQueueMs", value: seconds },
  );
}
