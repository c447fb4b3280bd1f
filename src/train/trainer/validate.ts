import { parseMeasure } from "../../evaluate/measures/parse-measure.js";
import { type Dataset, type TrainingLoaderOptions, trainingBatches } from "../data/index.js";
import type { Forward } from "./task.js";

const NDCG = parseMeasure("nDCG@10");

/**
 * Mean nDCG@10 over the examples with at least two documents and one of them relevant (target above 0), equal
 * scores counting half each way as `expected` has it; undefined where there is no such example.
 */
export async function validate(
  dataset: Dataset,
  loader: TrainingLoaderOptions,
  forward: Forward,
): Promise<number | undefined> {
  let sum = 0;
  let lists = 0;
  for await (const batch of trainingBatches(dataset, { ...loader, epochs: 1, from: undefined })) {
    const [scores] = Object.values(await forward(batch.feeds));
    const [, width = 0] = batch.index.dims;
    for (let q = 0; q < batch.examples; q++) {
      const targets: number[] = [];
      const found: number[] = [];
      for (let d = q * width; d < (q + 1) * width; d++) {
        if (batch.mask.data[d] !== 1) continue;
        targets.push(batch.targets.data[d] as number);
        found.push(scores?.data[batch.index.data[d] as number] as number);
      }
      if (targets.length < 2 || !targets.some((target) => target > 0)) continue;
      sum += ndcg(found, targets);
      lists++;
    }
  }
  return lists === 0 ? undefined : sum / lists;
}

function ndcg(scores: readonly number[], targets: readonly number[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const groupEnds = order.flatMap((candidate, rank) =>
    scores[candidate] === scores[order[rank + 1] as number] ? [] : [rank + 1],
  );
  const grades = Float64Array.from(order, (candidate) => Math.max(0, targets[candidate] as number));
  const ideal = grades.toSorted().reverse();
  const judged = { grades: new Map<string, number>(), ideal: [...ideal] };
  return NDCG.expected?.({ grades, groupEnds: Uint32Array.from(groupEnds), judged }) ?? 0;
}
