import { inParallel } from "../../llm/calls/index.js";

/** The best of some items, by asking; they are in an order of their own, which decides where they are equal. */
export type PickBest<T> = (items: readonly T[]) => Promise<T>;

/**
 * The best `depth` of some items, best first, by a heap in which a parent is compared with all of its `children` at once.
 * Subtrees of one level have nothing in common and are built in parallel; otherwise one comparison waits for the other.
 *
 * @param publish told of the items that are known to be the best, whenever there is one more
 */
export async function heapsortTop<T>(
  items: readonly T[],
  { children, depth }: { readonly children: number; readonly depth: number },
  pick: PickBest<T>,
  publish: (best: readonly T[]) => void,
): Promise<void> {
  const heap = [...items];
  let size = heap.length;

  /** Moves an item down until none below it is better. */
  async function sift(index: number): Promise<void> {
    for (let parent = index; ; ) {
      const from = parent * children + 1;
      if (from >= size) return;
      const family = [heap[parent]!, ...heap.slice(from, Math.min(from + children, size))];
      const best = family.indexOf(await pick(family));
      if (best <= 0) return;
      const child = from + best - 1;
      [heap[parent], heap[child]] = [heap[child]!, heap[parent]!];
      parent = child;
    }
  }

  for (const level of levels(size, children).reverse()) await inParallel(level, sift);
  const best: T[] = [];
  for (;;) {
    best.push(heap[0]!);
    publish([...best]);
    size--;
    if (best.length === depth || size === 0) return;
    heap[0] = heap[size]!;
    await sift(0);
  }
}

/** Indices of parents, one list a level, the root first. */
function levels(size: number, children: number): number[][] {
  const levels: number[][] = [];
  for (
    let first = 0, width = 1;
    first * children + 1 < size;
    first = first * children + 1, width *= children
  ) {
    const level: number[] = [];
    for (let index = first; index < first + width && index * children + 1 < size; index++) level.push(index);
    levels.push(level);
  }
  return levels;
}
