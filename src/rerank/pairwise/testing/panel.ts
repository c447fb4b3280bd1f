import { sigmoid } from "../../../numbers/logistic.js";
import { Random } from "../../../numbers/random.js";
import type { Judge } from "../../../types/index.js";
import type { PairwiseRun } from "../pairwise-run.js";

/** Documents with hidden scores, of the given deviation, in an order that has nothing to do with them. */
export function hiddenDocuments(count: number, deviation = 2, seed = 1) {
  const random = new Random(seed);
  const documents = Array.from({ length: count }, (_, i) => `Passage text number ${i}, of ${count} in all.`);
  const scores = documents.map(() => deviation * random.normal());
  const truth = new Map(documents.map((text, i) => [text, scores[i]!]));
  const best = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  return { documents, scores, truth, best };
}

/** A judge without a model, that is sure of everything, and counts what it is asked. */
export function sureJudge(truth: ReadonlyMap<string, number>, id = "sure"): Judge & { asked: number } {
  return {
    id,
    asked: 0,
    async prefer(_, a, b) {
      this.asked++;
      const probability = sigmoid(50 * (truth.get(a.text)! - truth.get(b.text)!));
      return { probability, orders: [{ probability }, { probability }] };
    },
  };
}

/** A run over positions with these values, for methods alone. */
export function sureRun(
  values: readonly number[],
  topN = values.length,
): PairwiseRun & { pairs: Set<string>; planned: number } {
  return {
    count: values.length,
    topN,
    order: values.map((_, position) => position),
    comparisons: [],
    pairs: new Set(),
    planned: 0,
    plan(pairs) {
      this.planned = pairs;
    },
    async compare(i, j) {
      this.pairs.add([i, j].sort((a, b) => a - b).join());
      const verdict = Math.sign(values[i]! - values[j]!) as -1 | 0 | 1;
      return { probability: (verdict + 1) / 2, verdict };
    },
  };
}
