import { callLate } from "../../files/call-late.js";
import { orAborted } from "../../files/or-aborted.js";

/**
 * The outcome of `work`, or undefined when it takes longer than the limit. Work that is given up, because of
 * the limit or because the caller aborted, is told so by the signal that it was handed; nobody waits for it.
 *
 * @throws RankwrightError ABORTED, and what `work` throws
 */
export async function withLimit<T extends object>(
  work: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  const controller = new AbortController();
  const giveUp = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", giveUp);
  if (signal?.aborted) giveUp();
  let cancel = () => {};
  const over = new Promise<undefined>((resolve) => {
    cancel = callLate(limitMs, () => {
      controller.abort(new Error(`there was no answer within ${Math.round(limitMs)} ms`));
      resolve(undefined);
    });
  });
  try {
    // The limit first: work that heeds its signal rejects in the same moment.
    return await orAborted(Promise.race([over, (async () => work(controller.signal))()]), signal);
  } finally {
    cancel();
    signal?.removeEventListener("abort", giveUp);
  }
}
