import type { EvaluationReport } from "./evaluation-report.js";
import { renderPage } from "./page.js";
import { viewOf } from "./report-view.js";
import { ceilingSection } from "./sections/ceiling.js";
import { comparisonsSection } from "./sections/comparisons.js";
import { depthSection } from "./sections/depth.js";
import { findingsSection } from "./sections/findings.js";
import { heading } from "./sections/heading.js";
import { largestChangesSection } from "./sections/largest-changes.js";
import { latencySection } from "./sections/latency.js";
import { queryDifferencesSection } from "./sections/query-differences.js";
import { reliabilitySection } from "./sections/reliability.js";
import { scoresSection } from "./sections/scores.js";
import { settingsSection } from "./sections/settings.js";
import { summarySection } from "./sections/summary.js";
import { termsSection } from "./sections/terms.js";

/**
 * The whole report as one HTML page that needs neither network nor scripts; a content security policy forbids
 * both. Sections without data are left out. The same report gives the same bytes.
 */
export function renderReport(report: EvaluationReport): string {
  const view = viewOf(report);
  const sections = [
    summarySection(view),
    findingsSection(report.findings),
    comparisonsSection(view),
    queryDifferencesSection(view),
    depthSection(view),
    ceilingSection(view),
    reliabilitySection(view),
    scoresSection(view),
    latencySection(view),
    largestChangesSection(view),
    settingsSection(report.settings),
    termsSection(view),
  ].filter((section) => section !== null);
  return renderPage({ title: report.title, heading: heading(view, sections), sections });
}
