import type { Comparison, EvaluationReport, ReportedSystem } from "./evaluation-report.js";
import { usable } from "./numbers.js";
import { type Series, seriesOf } from "./series.js";

/** A report with what every section looks up in it. */
export interface ReportView {
  readonly report: EvaluationReport;
  /** The measure of the verdict and the pictures; "" where the report has none. */
  readonly primary: string;
  readonly systems: ReadonlyMap<string, ReportedSystem>;
  readonly series: ReadonlyMap<string, Series>;
  readonly firstStage: ReportedSystem | null;
  /** The model with the highest mean of the primary measure. */
  readonly bestModel: ReportedSystem | null;
  /**
   * Comparisons in the primary measure that the verdict and the pictures are about: each model against the
   * first stage or, without a first stage, whatever was compared. The best difference comes first.
   */
  readonly headline: readonly Comparison[];
}

/** Looks everything up once. */
export function viewOf(report: EvaluationReport): ReportView {
  const primary = report.measures[0] ?? "";
  const systems = new Map(report.systems.map((system) => [system.name, system]));
  const firstStage = report.systems.find((system) => system.kind === "first stage") ?? null;
  const inPrimary = report.comparisons.filter(
    (comparison) =>
      comparison.measure === primary &&
      usable(comparison.difference) &&
      systems.get(comparison.system)?.kind !== "random",
  );
  const againstFirst = inPrimary.filter((comparison) => comparison.baseline === firstStage?.name);
  const headline = [...(againstFirst.length > 0 ? againstFirst : inPrimary)].sort(
    (a, b) => b.difference - a.difference,
  );
  const models = report.systems.filter((system) => system.kind === "model" && usable(system.means[primary]));
  const bestModel = models.reduce<ReportedSystem | null>(
    (best, model) => (best && mean(best, primary) >= mean(model, primary) ? best : model),
    null,
  );
  return { report, primary, systems, series: seriesOf(report.systems), firstStage, bestModel, headline };
}

/** Whether a comparison's p after Holm is below .05. */
export function isSignificant(comparison: Comparison): boolean {
  return usable(comparison.pHolm) && comparison.pHolm < 0.05;
}

function mean(system: ReportedSystem, measure: string): number {
  return system.means[measure] ?? Number.NEGATIVE_INFINITY;
}
