import { Random } from "../../numbers/random.js";
import type { Qrels } from "../collection/qrels.js";
import type { Measure } from "../measures/measure.js";
import { type MeasuredRun, measureRun } from "../measures/measure-run.js";
import { orderRun } from "./order-run.js";
import type { QueryCandidates } from "./rerank-queries.js";

/** Shuffles whose mean stands for random order. */
export const SHUFFLES = 20;

/**
 * What the candidates are worth in random order: each query's values are means over seeded shuffles. Where
 * most candidates are relevant this is high, and a reranker's value says little without it.
 */
export function measureRandomOrder(
  name: string,
  queries: readonly QueryCandidates[],
  qrels: Qrels,
  measures: readonly Measure[],
  seed: number,
): MeasuredRun {
  const random = new Random(seed);
  const runs = Array.from({ length: SHUFFLES }, () =>
    measureRun(
      orderRun(name, queries, () => random.float()),
      qrels,
      measures,
      { scores: "float64" },
    ),
  );
  const [first] = runs as [MeasuredRun];
  const values = new Map<string, Float64Array>();
  const means = new Map<string, number>();
  for (const measure of measures) {
    const columns = runs.map((run) => run.values.get(measure.name) as Float64Array);
    const average = (columns[0] as Float64Array).map(
      (_, query) => columns.reduce((sum, column) => sum + (column[query] as number), 0) / SHUFFLES,
    );
    values.set(measure.name, average);
    means.set(
      measure.name,
      runs.reduce((sum, run) => sum + (run.means.get(measure.name) as number), 0) / SHUFFLES,
    );
  }
  return { ...first, values, means };
}
