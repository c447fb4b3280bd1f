import { clip } from "../../evaluate/report/clip.js";
import type { Section } from "../../evaluate/report/figure.js";
import { html, type Markup } from "../../evaluate/report/html.js";
import { count, measureValue } from "../../evaluate/report/numbers.js";
import { renderPage, sectionLinks } from "../../evaluate/report/page.js";
import { settingsSection } from "../../evaluate/report/sections/settings.js";
import { warningBlock } from "../../evaluate/report/sections/warnings.js";
import type { TrainReport } from "../trainer/train.js";
import { accuracySection, lossSection, stepsSection, validationSection } from "./curve-sections.js";
import { tableSection } from "./curve-table.js";
import { ENDED } from "./ended.js";
import { factRows, speed } from "./fact-rows.js";
import type { TrainingFacts } from "./training-facts.js";
import { type TrainingTask, VALIDATION } from "./validation-words.js";

const LONGEST = 600;

/**
 * How a training or pre-training went, as one HTML page that needs neither network nor scripts: loss, validation,
 * gradients and learning rate against updates, and the facts. The same report and facts give the same bytes.
 */
export function renderTrainingReport(report: TrainReport, facts: TrainingFacts): string {
  const words = VALIDATION[facts.task];
  const sections = [
    validationSection(report, words),
    lossSection(report, words),
    accuracySection(report),
    stepsSection(report),
    factsSection(report, facts),
    settingsSection(facts.settings),
    tableSection(report, words),
  ].filter((section) => section !== null);
  const title = `${facts.task === "ranking" ? "Training" : "Pre-training"} ${facts.name}`;
  return renderPage({ title, heading: heading(title, report, facts, sections), sections });
}

function heading(
  title: string,
  report: TrainReport,
  { base, loss, created, task }: TrainingFacts,
  sections: readonly Section[],
): Markup {
  const { steps, seen } = report;
  const facts = [
    `loss ${loss.name}`,
    `${count(steps)} updates`,
    `${count(seen.tokens)} tokens`,
    `${count(Math.round(speed(report)))} tokens/s`,
    created,
  ];
  const name = html`<b><bdi>${clip(base.name, LONGEST)}</bdi></b>`;
  const from = base.untrained ? html`from scratch, architecture ${name}` : html`from ${name}`;
  return html`<header>
<h1>${clip(title, LONGEST)}</h1>
<p class="facts">${from} · ${facts.join(" · ")}</p>
<div class="verdict"><p>${outcome(report, task)}</p></div>
${warningBlock(report.warnings)}
${sectionLinks(sections)}
</header>`;
}

function outcome({ steps, curve, best, ended }: TrainReport, task: TrainingTask): Markup {
  const end = `The training ended after ${count(steps)} updates: ${ENDED[ended]}.`;
  if (best !== undefined) {
    return html`The best ${task === "ranking" ? "validation nDCG@10" : "held-out loss"} is <strong>${measureValue(best.value)}</strong>, after ${count(best.step)} updates; those weights were kept. ${end}`;
  }
  const loss = measureValue(curve.at(-1)?.loss);
  return html`Nothing was held out, so the last weights were kept; the mean loss was <strong>${loss}</strong> in the end. ${end}`;
}

function factsSection(report: TrainReport, facts: TrainingFacts): Section | null {
  const section = settingsSection(factRows(report, facts));
  return section && { ...section, id: "facts", title: "Facts" };
}
