import { availableParallelism } from "node:os";
import type { PoolOptions } from "../onnx/index.js";
import { RankwrightError, show } from "../types/index.js";

/** Above this, one session takes all threads: every further session would hold the weights again. */
const LARGE_WEIGHTS = 2 ** 30;
/** More single-threaded sessions than this cost memory that nobody has measured to pay. */
const MOST_SESSIONS = 4;

/**
 * How many sessions run a model, and with how many threads each. Sessions of one thread each are
 * faster than one session of as many threads (docs/adr/0003-worker-sessions.md).
 *
 * @param weightBytes size of the weights as they are computed with
 * @param threads processors to use; default: all that are available
 */
export function planThreads(weightBytes: number, threads: number = availableParallelism()): PoolOptions {
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `threads is ${show(threads)}; it must be a whole number of at least 1`,
      {
        field: "threads",
        value: threads,
      },
    );
  }
  const sessions = weightBytes > LARGE_WEIGHTS ? 1 : Math.min(threads, MOST_SESSIONS);
  return { sessions, threadsPerSession: Math.max(1, Math.floor(threads / sessions)) };
}
