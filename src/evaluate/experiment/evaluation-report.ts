import { wilsonInterval } from "../calibration/wilson.js";
import type { Collection } from "../collection/collection.js";
import { describeCollection } from "../report/describe-collection.js";
import type { EvaluationReport, ReportedSystem, Setting } from "../report/evaluation-report.js";
import { crossCalibrate } from "./cross-calibrate.js";
import { depthCurve } from "./depth-curve.js";
import { curveDepths } from "./depths.js";
import type { Evaluation } from "./evaluate.js";
import { labelScores } from "./labelled-scores.js";
import { recallCeiling } from "./recall-ceiling.js";
import { scoreHistogram } from "./score-histogram.js";
import type { SystemResult } from "./system-result.js";

export interface EvaluationReportOptions {
  /** Rows about how it was made. */
  readonly settings: readonly Setting[];
  /** Lowest grade that counts as relevant in the pictures. Default: 1. */
  readonly relevanceLevel?: number | undefined;
  readonly seed?: number | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** Date of the evaluation. Default: today. */
  readonly created?: Date | undefined;
}

/** Everything that the report of an evaluation shows. Reads the corpus once more, to count it. */
export async function evaluationReport(
  evaluation: Evaluation,
  collection: Collection,
  options: EvaluationReportOptions,
): Promise<EvaluationReport> {
  const { qrels, candidates, measures, primary, systems, depth } = evaluation;
  const { seed = 1, relevanceLevel = 1, created = new Date() } = options;
  const depths = curveDepths(depth);
  const models = systems.flatMap(({ name, work }) =>
    work === undefined ? [] : [{ name, outcomes: work.outcomes }],
  );
  const [firstStage] = systems as [SystemResult];
  const ceiling = recallCeiling(candidates, qrels, primary, depths, relevanceLevel);
  return {
    title: `Re-ranking ${evaluation.collection}`,
    created: created.toISOString().slice(0, 10),
    // The pictures are about the first.
    measures: [primary, ...measures.filter((measure) => measure !== primary)].map(({ name }) => name),
    collection: await describeCollection({ ...collection, qrels, documents: () => collection.documents() }),
    settings: options.settings,
    systems: systems.map(reported),
    comparisons: evaluation.comparisons.map(({ name, interval95, ...others }) => ({
      ...others,
      system: name,
      baseline: firstStage.name,
      measure: primary.name,
      low: interval95.lower,
      high: interval95.upper,
    })),
    depthCurves: models.map(({ name, outcomes }) => ({
      system: name,
      depths,
      values: depthCurve(outcomes, qrels, primary, depths),
    })),
    ceiling: { depths, recall: ceiling.recall, bestPossible: ceiling.best },
    reliability: models.flatMap(({ name, outcomes }) => {
      const found = crossCalibrate(labelScores(outcomes, qrels, relevanceLevel), seed);
      return found === undefined
        ? []
        : [{ system: name, ece: found.ece, brier: found.brier, bins: found.bins.map(reportedBin) }];
    }),
    scores: models.map(({ name, outcomes }) => ({
      system: name,
      ...histogram(outcomes, qrels, relevanceLevel),
    })),
    warnings: options.warnings ?? [],
    queryTexts: Object.fromEntries(candidates.map(({ query, text }) => [query, text])),
  };
}

function reported({ name, kind, measured, work }: SystemResult): ReportedSystem {
  const values = [...measured.values].map(([measure, column]) => [measure, [...column]]);
  return {
    name,
    kind,
    means: Object.fromEntries(measured.means),
    perQuery: { queries: measured.queries, values: Object.fromEntries(values) },
    ...(work && {
      latency: work.latency,
      pairsPerQuery: work.pairs,
      tokensPerQuery: work.tokens,
      truncatedShare: work.truncated,
    }),
  };
}

function reportedBin({
  confidence,
  accuracy,
  count,
}: {
  confidence: number;
  accuracy: number;
  count: number;
}) {
  const { lower: low, upper: high } = wilsonInterval(Math.round(accuracy * count), count);
  return { predicted: confidence, observed: accuracy, low, high, count };
}

function histogram(...input: Parameters<typeof labelScores>) {
  const labelled = labelScores(...input);
  return scoreHistogram(
    labelled.flatMap(({ relevant }) => relevant),
    labelled.flatMap(({ others }) => others),
  );
}
