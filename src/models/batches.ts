/** Padded tokens per batch, where nothing else is asked for. */
export const BATCH_TOKENS = 512;

/**
 * The budget for `lanes` workers at once: the smallest that takes no more batches than `budget` would, their
 * number rounded up to a multiple of the lanes. Batches of so many padded tokens are nearly equal, so that no
 * worker idles while another computes the last one.
 *
 * @param lengths tokens of each sequence
 */
export function evenBudget(lengths: readonly number[], budget: number, lanes: number): number {
  const sorted = lengths.toSorted((a, b) => b - a);
  const most = Math.ceil(countBatches(sorted, budget) / lanes) * lanes;
  let [low, high] = [0, budget];
  while (high - low > 1) {
    const middle = Math.ceil((low + high) / 2);
    if (countBatches(sorted, middle) > most) low = middle;
    else high = middle;
  }
  return high;
}

/** Batches of neighbours in length, each as large as the budget allows; a longer sequence stands alone. */
function countBatches(sorted: readonly number[], budget: number): number {
  let batches = 0;
  for (let first = 0; first < sorted.length; batches++) {
    first += Math.max(1, Math.floor(budget / (sorted[first] as number)));
  }
  return batches;
}
