import type { PickBest } from "./heapsort.js";

/**
 * The best `depth` of some items, best first: each pass carries the best of what is left from the back to the front,
 * `children` + 1 items at a time. Asking the same again would give the same, so that the unchanged end of the list is
 * asked about once.
 *
 * @param publish told of the whole order after each comparison that changes it
 */
export async function bubblesortTop<T>(
  items: readonly T[],
  { children, depth }: { readonly children: number; readonly depth: number },
  pick: PickBest<T>,
  publish: (order: readonly T[]) => void,
): Promise<void> {
  const order = [...items];
  const known = new Map<string, T>();
  const place = new Map(items.map((item, index) => [item, index]));
  for (let front = 0; front < Math.min(depth, order.length - 1); front++) {
    for (let end = order.length; ; ) {
      const start = Math.max(front, end - children - 1);
      const shown = order.slice(start, end);
      const key = shown.map((item) => place.get(item)).join(" ");
      const best = known.get(key) ?? (await pick(shown));
      known.set(key, best);
      const at = start + Math.max(0, shown.indexOf(best));
      if (at > start) {
        [order[start], order[at]] = [order[at]!, order[start]!];
        publish([...order]);
      }
      if (start === front) break;
      end = start + 1;
    }
  }
}
