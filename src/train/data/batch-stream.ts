import { Random } from "../../numbers/random.js";
import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import { deriveSeed } from "./derive-seed.js";
import { prefetch } from "./prefetch.js";

/**
 * How far a run has read its data: all that a checkpoint needs, with the seed and the options, to go on with
 * exactly the next batch.
 */
export interface DataPosition {
  /** From 0. */
  readonly epoch: number;
  /** Examples of the epoch's order before the current pool. */
  readonly index: number;
  /** Batches of the pool that were given out. */
  readonly batch: number;
}

export const FIRST_POSITION: DataPosition = { epoch: 0, index: 0, batch: 0 };

/** What is put into batches whole. */
export interface BatchItem {
  /** Sequences. */
  readonly rows: number;
  /** Tokens of the longest sequence. */
  readonly longest: number;
}

export interface Batching<Item extends BatchItem> {
  /** Numbers of an epoch's examples in the order in which they are read. */
  readonly order: (epoch: number) => Uint32Array;
  /** What an example becomes. */
  readonly encode: (number: number, epoch: number) => readonly Item[];
  readonly seed: number;
  /** Stop after so many epochs. */
  readonly epochs: number;
  /** Examples that are tokenised together and sorted by length. */
  readonly poolExamples: number;
  /** Sequences of a batch times the tokens of the longest one, at most; one item may exceed it alone. */
  readonly batchTokens: number;
  /** Items of a batch at most. */
  readonly batchItems: number;
  readonly from: DataPosition;
  readonly signal?: AbortSignal | undefined;
}

export interface PlannedBatch<Item> {
  readonly items: readonly Item[];
  /** The position after this batch. */
  readonly next: DataPosition;
}

/**
 * Batches of items similar in length: the epoch's order is cut into pools, each pool is sorted by length and
 * cut into batches, and these come in random order. Only the current and the next pool are in memory.
 *
 * @throws RankwrightError ABORTED, and what `encode` throws
 */
export async function* batchStream<Item extends BatchItem>(
  batching: Batching<Item>,
): AsyncGenerator<PlannedBatch<Item>> {
  let skip = batching.from.batch;
  for await (const { batches, epoch, index, after } of prefetch(pools(batching), 1)) {
    for (let batch = skip; batch < batches.length; batch++) {
      const next = batch + 1 < batches.length ? { epoch, index, batch: batch + 1 } : after;
      yield { items: batches[batch] as Item[], next };
    }
    skip = 0;
  }
}

interface Pool<Item> {
  readonly epoch: number;
  readonly index: number;
  readonly batches: readonly (readonly Item[])[];
  /** The position after its last batch. */
  readonly after: DataPosition;
}

async function* pools<Item extends BatchItem>(batching: Batching<Item>): AsyncGenerator<Pool<Item>> {
  const { seed, epochs, poolExamples, encode, signal, from } = batching;
  const nextTurn = eventLoopTurns(signal);
  let { index } = from;
  for (let { epoch } = from; epoch < epochs; epoch++) {
    const order = batching.order(epoch);
    for (; index < order.length; index += poolExamples) {
      const end = Math.min(index + poolExamples, order.length);
      const items: Item[] = [];
      for (const number of order.subarray(index, end)) {
        await nextTurn();
        items.push(...encode(number, epoch));
      }
      const batches = cutBatches(items, batching);
      new Random(deriveSeed(seed, "batches", epoch, index)).shuffle(batches);
      const after =
        end < order.length ? { epoch, index: end, batch: 0 } : { epoch: epoch + 1, index: 0, batch: 0 };
      yield { epoch, index, batches, after };
    }
    index = 0;
  }
}

/** Sorted by their longest sequence, which is what attention is padded to. */
function cutBatches<Item extends BatchItem>(
  items: readonly Item[],
  { batchTokens, batchItems }: Batching<Item>,
): Item[][] {
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let rows = 0;
  for (const item of items.toSorted((a, b) => a.longest - b.longest)) {
    const over = (rows + item.rows) * item.longest > batchTokens || batch.length === batchItems;
    if (batch.length > 0 && over) {
      batches.push(batch);
      batch = [];
      rows = 0;
    }
    batch.push(item);
    rows += item.rows;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
