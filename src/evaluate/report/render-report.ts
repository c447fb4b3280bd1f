import { clip } from "./clip.js";
import type { EvaluationReport } from "./evaluation-report.js";
import type { Section } from "./figure.js";
import { html, Markup } from "./html.js";
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
import { STYLE } from "./style.js";

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
  const page = html`<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${clip(report.title, 200)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${heading(view, sections)}
${sections.map(rendered)}
</main>
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}

function rendered({ id, title, body }: Section) {
  return html`<section id="${id}">
<h2>${title}</h2>
${body}
</section>
`;
}
