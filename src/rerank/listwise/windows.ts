/** First position and the one after the last. */
export type Window = readonly [start: number, end: number];

/**
 * Windows of a sliding pass, from the back to the front: the last begins at 0 whatever the sizes, and a list shorter than
 * a window is one. For 100 documents, windows of 20 and a stride of 10 they are [80, 100), [70, 90) … [0, 20).
 *
 * @param stride at least 1 and below `size`, so that neighbours overlap
 */
export function slidingWindows(count: number, size: number, stride: number): Window[] {
  const windows: Window[] = [];
  for (let end = count; ; end -= stride) {
    const start = Math.max(0, end - size);
    windows.push([start, end]);
    if (start === 0) return windows;
  }
}
