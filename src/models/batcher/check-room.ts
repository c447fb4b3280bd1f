import { type Load, RankwrightError } from "../../types/index.js";

/**
 * Refuses a call for which the queue has no room.
 *
 * @param tokens of the call, or fewer where they are not counted yet
 * @throws RankwrightError OVERLOADED, whose `value` is the seconds until there will be room, where the pace
 * is known; REQUEST_TOO_LARGE where the call would not even fit into an empty queue
 */
export function checkRoom(tokens: number, load: Load, maxQueuedTokens: number): void {
  const beyond = load.queuedTokens + tokens - maxQueuedTokens;
  if (beyond <= 0) return;
  if (tokens > maxQueuedTokens) {
    throw new RankwrightError(
      "REQUEST_TOO_LARGE",
      `the call has ${tokens} tokens, and the queue holds ${maxQueuedTokens}; send fewer documents at once, or raise maxQueuedTokens`,
      { field: "documents", value: tokens },
    );
  }
  const seconds = load.pace === 0 ? undefined : beyond / load.pace;
  const when = seconds === undefined ? "later" : `in ${seconds.toFixed(1)} s`;
  throw new RankwrightError(
    "OVERLOADED",
    `${load.queuedTokens} tokens are waiting, and the queue holds ${maxQueuedTokens}; try again ${when}, or raise maxQueuedTokens`,
    { field: "maxQueuedTokens", value: seconds },
  );
}
