import type { SequenceFeatures } from "../../models/pack.js";
import { checkWhole } from "../../numbers/check.js";
import { type BatchItem, type Batching, type DataPosition, FIRST_POSITION } from "./batch-stream.js";
import type { Dataset } from "./dataset.js";
import { epochOrder } from "./epoch-order.js";

/** How examples become batches, whatever is in them. */
export interface LoaderOptions {
  /** Attention heads of the model, for packing. */
  readonly heads: number;
  /** Further inputs of the model's family, see `Architecture.features`. Default: none. */
  readonly features?: SequenceFeatures | undefined;
  /** Gives every choice that is left to chance. Default: 0. */
  readonly seed?: number | undefined;
  /** Default: 1. */
  readonly epochs?: number | undefined;
  /** Sequences of a batch times the tokens of the longest, at most. Default: 4096. */
  readonly batchTokens?: number | undefined;
  /** Examples of a batch at most. Default: as many as the tokens allow. */
  readonly batchExamples?: number | undefined;
  /** Examples that are tokenised at once and sorted by length. Default: 1024. */
  readonly poolExamples?: number | undefined;
  /** Batches that are ready before they are asked for. Default: 4. */
  readonly ahead?: number | undefined;
  /** Where to go on: the `next` of the last batch that was used. Default: the beginning. */
  readonly from?: DataPosition | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const AHEAD = 4;

/** @throws RankwrightError INVALID_OPTION */
export function batching<Item extends BatchItem>(
  dataset: Dataset,
  options: LoaderOptions,
  encode: Batching<Item>["encode"],
): Batching<Item> {
  const { seed = 0, epochs = 1, batchTokens = 4096, poolExamples = 1024, from = FIRST_POSITION } = options;
  checkWhole("heads", options.heads, 1);
  checkWhole("seed", seed, 0);
  checkWhole("epochs", epochs, 0);
  checkWhole("batchTokens", batchTokens, 1);
  checkWhole("poolExamples", poolExamples, 1);
  checkWhole("ahead", options.ahead ?? AHEAD, 0);
  if (options.batchExamples !== undefined) checkWhole("batchExamples", options.batchExamples, 1);
  for (const [name, value] of Object.entries(from)) checkWhole(`from.${name}`, value, 0);
  return {
    order: (epoch) => epochOrder(dataset.sources, seed, epoch),
    encode,
    seed,
    epochs,
    poolExamples,
    batchTokens,
    batchItems: options.batchExamples ?? Number.POSITIVE_INFINITY,
    from,
    signal: options.signal,
  };
}
