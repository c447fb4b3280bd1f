/** `setTimeout` takes no longer delay. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Calls `late` after so many milliseconds, unless it is cancelled before. What has arrived by then is read first: where
 * the event loop was kept busy, a timer would otherwise overtake an answer that only waits to be read.
 *
 * @param ms Infinity, and anything beyond 24 days: never.
 * @returns cancels
 */
export function callLate(ms: number, late: () => void): () => void {
  if (ms > LONGEST_DELAY) return () => undefined;
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    immediate = setImmediate(late);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
