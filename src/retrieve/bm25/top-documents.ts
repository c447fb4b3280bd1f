/**
 * The k documents of highest score, best first; equal scores in the order of the documents. A heap holds the
 * best so far with the worst of them on top, so the time is O(n log k).
 *
 * @param candidates distinct document numbers
 * @param scores by document number
 */
export function topDocuments(candidates: Uint32Array, scores: Float64Array, k: number): Uint32Array {
  const size = Math.min(k, candidates.length);
  const heap = candidates.slice(0, size);
  const before = (one: number, other: number) => {
    const difference = (scores[one] as number) - (scores[other] as number);
    return difference === 0 ? one < other : difference > 0;
  };
  const sink = (place: number, end: number) => {
    const moved = heap[place] as number;
    let at = place;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= end) break;
      if (child + 1 < end && before(heap[child] as number, heap[child + 1] as number)) child++;
      if (!before(moved, heap[child] as number)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = moved;
  };

  for (let place = (size >> 1) - 1; place >= 0; place--) sink(place, size);
  for (const candidate of candidates.subarray(size)) {
    if (size === 0 || !before(candidate, heap[0] as number)) continue;
    heap[0] = candidate;
    sink(0, size);
  }
  // Worst to the back, again and again: what remains is sorted.
  for (let end = size - 1; end > 0; end--) {
    const worst = heap[0] as number;
    heap[0] = heap[end] as number;
    heap[end] = worst;
    sink(0, end);
  }
  return heap;
}
