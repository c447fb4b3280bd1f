import { type Dataset, type MlmLoaderOptions, mlmBatches } from "../data/index.js";
import { mlmFeeds } from "./mlm-graphs.js";
import type { Forward, Validation } from "./task.js";

/**
 * Mean loss over all masked tokens of a data set, in nats, and the share guessed right; undefined where there
 * is nothing to mask. Every time the same tokens are masked.
 */
export async function validateMlm(
  dataset: Dataset,
  loader: MlmLoaderOptions,
  forward: Forward,
): Promise<Validation | undefined> {
  let [value, accuracy, tokens] = [0, 0, 0];
  for await (const batch of mlmBatches(dataset, { ...loader, epochs: 1, from: undefined })) {
    const [loss, right] = Object.values(await forward(mlmFeeds(batch)));
    value += batch.masked * Number(loss?.data[0]);
    accuracy += batch.masked * Number(right?.data[0]);
    tokens += batch.masked;
  }
  return tokens === 0 ? undefined : { value: value / tokens, accuracy: accuracy / tokens };
}
