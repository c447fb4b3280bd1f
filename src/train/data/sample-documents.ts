import { Random } from "../../numbers/random.js";
import type { TrainingExample } from "../example.js";

/**
 * An example with at most `most` documents, in their order. Positives stay as far as they leave room for a
 * negative; the rest are negatives drawn by chance. Negatives share the list's lowest target; where no two
 * documents do, as with a teacher's scores, all below the highest are.
 *
 * @param most at least 2
 * @param seed gives the draw
 */
export function sampleDocuments(example: TrainingExample, most: number, seed: number): TrainingExample {
  const { query, documents, targets } = example;
  if (documents.length <= most) return example;
  const lowest = targets.reduce((least, target) => Math.min(least, target));
  const highest = targets.reduce((best, target) => Math.max(best, target));
  const places = targets.map((_, i) => i);
  const best = targets.indexOf(highest);
  const shared = targets.filter((target) => target === lowest).length > 1;
  const positive = (i: number) => {
    const target = targets[i] as number;
    return i !== best && target > lowest && (shared || target === highest);
  };
  const random = new Random(seed);
  const positives = random.shuffle(places.filter(positive));
  const negatives = random.shuffle(places.filter((i) => i !== best && !positive(i)));
  const kept = positives.slice(0, Math.max(0, most - 1 - Math.min(1, negatives.length)));
  const chosen = [best, ...kept, ...negatives.slice(0, most - 1 - kept.length)].sort((a, b) => a - b);
  return {
    query,
    documents: chosen.map((i) => documents[i] as TrainingExample["documents"][number]),
    targets: chosen.map((i) => targets[i] as number),
  };
}
