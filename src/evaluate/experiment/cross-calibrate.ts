import { fitPlatt, plattProbability } from "../calibration/platt.js";
import { type Reliability, reliability } from "../calibration/reliability.js";
import { splitByQuery } from "../calibration/split-by-query.js";
import type { LabelledScores } from "./labelled-scores.js";

/**
 * How well one sigmoid over the scores predicts relevance on queries that it was not fitted to: two halves of
 * the queries, each predicted by Platt's fit to the other. Undefined where a half holds only one class.
 */
export function crossCalibrate(labelled: readonly LabelledScores[], seed: number): Reliability | undefined {
  if (labelled.length < 2) return undefined;
  const { fit } = splitByQuery(
    labelled.map(({ query }) => query),
    seed,
  );
  const first = flatten(labelled.filter(({ query }) => fit.has(query)));
  const second = flatten(labelled.filter(({ query }) => !fit.has(query)));
  if (!holdsBoth(first) || !holdsBoth(second)) return undefined;
  const predicted = [...predict(first, second), ...predict(second, first)];
  return reliability(predicted, [...second.labels, ...first.labels]);
}

interface Flat {
  readonly scores: readonly number[];
  readonly labels: readonly boolean[];
}

function flatten(labelled: readonly LabelledScores[]): Flat {
  const scores = labelled.flatMap(({ relevant, others }) => [...relevant, ...others]);
  const labels = labelled.flatMap(({ relevant, others }) => [
    ...relevant.map(() => true),
    ...others.map(() => false),
  ]);
  return { scores, labels };
}

function holdsBoth({ labels }: Flat): boolean {
  return labels.includes(true) && labels.includes(false);
}

function predict(from: Flat, to: Flat): number[] {
  const fit = fitPlatt(from.scores, from.labels);
  return to.scores.map((score) => plattProbability(fit, score));
}
