import { abortedError } from "../../files/aborted-error.js";
import { callLate } from "../../files/call-late.js";
import { RankwrightError } from "../../types/index.js";

/**
 * The outcome of `work`, or DEADLINE_EXCEEDED when the time is over, whether the model that works keeps to it or not.
 *
 * @param deadline `performance.now()` value
 * @throws RankwrightError ABORTED and DEADLINE_EXCEEDED without starting it, where it is too late
 */
export async function beforeDeadline<T>(
  work: () => Promise<T>,
  deadline: number | undefined,
  signal: AbortSignal,
): Promise<T> {
  const left = (deadline ?? Number.POSITIVE_INFINITY) - performance.now();
  const late = new RankwrightError("DEADLINE_EXCEEDED", "The time of the request is over.");
  if (signal.aborted) throw abortedError(signal);
  if (left <= 0) throw late;
  let cancel = () => {};
  const over = new Promise<never>((_, reject) => {
    cancel = callLate(left, () => reject(late));
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    cancel();
  }
}
