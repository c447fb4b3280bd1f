import { abortedError } from "./aborted-error.js";

/**
 * The outcome of `work`, or ABORTED as soon as the signal is aborted, whichever comes first: a caller who
 * gave up does not wait for work that ignores the signal. Whatever `work` rejects with after an abort is
 * reported as ABORTED too.
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortedError(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([aborted, work]);
  } catch (error) {
    throw signal.aborted ? abortedError(signal) : error;
  } finally {
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}
