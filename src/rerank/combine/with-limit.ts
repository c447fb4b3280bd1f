import { orAborted } from "../../files/or-aborted.js";

/** `setTimeout` takes no longer delay. */
const LONGEST_DELAY = 2 ** 31 - 1;

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
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    if (limitMs > LONGEST_DELAY) return;
    timer = setTimeout(() => {
      controller.abort(new Error(`there was no answer within ${Math.round(limitMs)} ms`));
      resolve(undefined);
    }, limitMs);
  });
  try {
    // The limit first: work that heeds its signal rejects in the same moment.
    return await orAborted(Promise.race([over, (async () => work(controller.signal))()]), signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}
