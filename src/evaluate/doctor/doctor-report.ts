import type { Collection } from "../collection/collection.js";
import { describeCollection } from "../report/describe-collection.js";
import type { EvaluationReport, Setting } from "../report/evaluation-report.js";
import type { Finding } from "./check.js";

export interface DoctorReportOptions {
  readonly collection: Collection;
  /** What was examined. */
  readonly model: string;
  readonly findings: readonly Finding[];
  /** Rows about how it was made. */
  readonly settings?: readonly Setting[] | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** Date of the examination. Default: today. */
  readonly created?: Date | undefined;
}

/** The findings as a page. Reads the corpus once more, to count it. */
export async function doctorReport(options: DoctorReportOptions): Promise<EvaluationReport> {
  const { collection, model, findings, settings = [], warnings = [], created = new Date() } = options;
  return {
    title: `${model} on ${collection.name}`,
    created: created.toISOString().slice(0, 10),
    measures: [],
    collection: await describeCollection(collection),
    settings,
    systems: [],
    comparisons: [],
    warnings,
    findings: findings.map(({ title, ...finding }) => ({ ...finding, check: title })),
  };
}
