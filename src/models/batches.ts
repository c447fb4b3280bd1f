/** Padded tokens per batch, where nothing else is asked for. */
export const BATCH_TOKENS = 512;

/**
 * Cuts sequences into batches: longest first, so that a batch holds neighbours in length and little
 * padding, each batch as large as `budget` padded tokens allow (a longer sequence stands alone).
 *
 * @param lengths tokens of each sequence
 * @param order which sequences to place, by index; default: all
 * @returns indices into `lengths`
 */
export function planBatches(
  lengths: readonly number[],
  budget: number,
  order: readonly number[] = lengths.map((_, index) => index),
): number[][] {
  const sorted = order.toSorted((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of sorted) {
    const longest = lengths[batch[0] ?? index] as number;
    if (batch.length > 0 && longest * (batch.length + 1) > budget) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * Batches for `lanes` workers at once: as many as `planBatches` would make, rounded up to a multiple of
 * the lanes and then made as equal as that number allows, so that no worker idles while another
 * computes the last one.
 */
export function planEvenBatches(lengths: readonly number[], budget: number, lanes: number): number[][] {
  let batches = planBatches(lengths, budget);
  const most = Math.ceil(batches.length / lanes) * lanes;
  // The smallest budget that still makes no more batches than that.
  for (let low = 0, high = budget; high - low > 1; ) {
    const middle = Math.ceil((low + high) / 2);
    const tried = planBatches(lengths, middle);
    if (tried.length > most) low = middle;
    else {
      high = middle;
      batches = tried;
    }
  }
  return batches;
}

/** For a call that may run out of time: the first candidates, which matter most, come first. */
export function planUrgentBatches(lengths: readonly number[], budget: number, group = 32): number[][] {
  const batches: number[][] = [];
  for (let start = 0; start < lengths.length; start += group) {
    const end = Math.min(start + group, lengths.length);
    const order = Array.from({ length: end - start }, (_, i) => start + i);
    batches.push(...planBatches(lengths, budget, order));
  }
  return batches;
}
