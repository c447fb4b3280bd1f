import { clip } from "../../evaluate/report/clip.js";
import { figure, panels, responsive, type Section, scrolling } from "../../evaluate/report/figure.js";
import { html, type Markup } from "../../evaluate/report/html.js";
import { count, measureValue } from "../../evaluate/report/numbers.js";
import { renderPage, sectionLinks } from "../../evaluate/report/page.js";
import { settingsSection } from "../../evaluate/report/sections/settings.js";
import { warningBlock } from "../../evaluate/report/sections/warnings.js";
import type { CurvePoint } from "../trainer/progress.js";
import type { TrainReport } from "../trainer/train.js";
import { type Curve, curveChart } from "./curve-chart.js";
import { ENDED } from "./ended.js";
import { factRows, speed } from "./fact-rows.js";
import type { TrainingFacts } from "./training-facts.js";

/** Rows of the table of the curve. */
const MOST_ROWS = 60;
const LONGEST = 600;

/**
 * How a training went, as one HTML page that needs neither network nor scripts: loss, validation, gradients and
 * learning rate against updates, and the facts. The same report and facts give the same bytes.
 */
export function renderTrainingReport(report: TrainReport, facts: TrainingFacts): string {
  const sections = [
    validationSection(report),
    lossSection(report),
    stepsSection(report),
    factsSection(report, facts),
    settingsSection(facts.settings),
    tableSection(report),
  ].filter((section) => section !== null);
  const title = `Training ${facts.name}`;
  return renderPage({ title, heading: heading(title, report, facts, sections), sections });
}

function heading(
  title: string,
  report: TrainReport,
  { base, loss, created }: TrainingFacts,
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
  return html`<header>
<h1>${clip(title, LONGEST)}</h1>
<p class="facts">from <b><bdi>${clip(base.name, LONGEST)}</bdi></b> · ${facts.join(" · ")}</p>
<div class="verdict"><p>${outcome(report)}</p></div>
${warningBlock(report.warnings)}
${sectionLinks(sections)}
</header>`;
}

function outcome({ steps, curve, best, ended }: TrainReport): Markup {
  const end = `The training ended after ${count(steps)} updates: ${ENDED[ended]}.`;
  if (best !== undefined) {
    return html`The best validation nDCG@10 is <strong>${measureValue(best.value)}</strong>, after ${count(best.step)} updates; those weights were kept. ${end}`;
  }
  const loss = measureValue(curve.at(-1)?.loss);
  return html`Nothing was held out, so the last weights were kept; the mean loss was <strong>${loss}</strong> in the end. ${end}`;
}

function validationSection({ curve, best }: TrainReport): Section | null {
  const points = curve.flatMap(({ step, validation: value }) =>
    value === undefined ? [] : [{ step, value }],
  );
  const chart = responsive((width) =>
    curveChart(
      { caption: "nDCG@10", className: "s3", points, format: measureValue, best: best?.step },
      width,
    ),
  );
  if (chart === null) return null;
  const body = figure(
    chart,
    "nDCG@10 on examples that are not trained on. The ring marks the weights that were kept. The vertical axis need not begin at zero.",
    "A line that still rises at its end wants more training; one that falls while the loss keeps falling has begun to learn its data by heart.",
  );
  return { id: "validation", title: "Validation", body };
}

function lossSection({ curve }: TrainReport): Section | null {
  const chart = responsive((width) => curveChart(drawing(curve, "loss", "mean loss", "s6"), width));
  if (chart === null) return null;
  const body = figure(
    chart,
    "Mean training loss since the point before. The vertical axis need not begin at zero.",
    "Losses of different kinds, and of lists of different lengths, have different sizes: compare this line with itself only.",
  );
  return { id: "loss", title: "Loss", body };
}

function stepsSection({ curve }: TrainReport): Section | null {
  const charts = panels([
    {
      title: "Gradient",
      draw: (width) => curveChart(drawing(curve, "gradientNorm", "mean norm before clipping", "s0"), width),
    },
    {
      title: "Learning rate",
      draw: (width) => curveChart(drawing(curve, "learningRate", "learning rate", "s-first"), width),
    },
  ]);
  return charts && { id: "steps", title: "Updates", body: charts };
}

function drawing(
  curve: readonly CurvePoint[],
  key: "loss" | "gradientNorm" | "learningRate",
  caption: string,
  className: string,
): Curve {
  const format = key === "learningRate" ? rate : measureValue;
  return {
    caption,
    className,
    format,
    points: curve.map((point) => ({ step: point.step, value: point[key] })),
  };
}

function factsSection(report: TrainReport, facts: TrainingFacts): Section | null {
  const section = settingsSection(factRows(report, facts));
  return section && { ...section, id: "facts", title: "Facts" };
}

function tableSection({ curve, best }: TrainReport): Section | null {
  if (curve.length === 0) return null;
  const every = Math.ceil(curve.length / MOST_ROWS);
  const rows = curve
    .filter(({ step }, i) => (curve.length - 1 - i) % every === 0 || step === best?.step)
    .map(({ step, loss, validation, gradientNorm, learningRate }) => {
      const value = measureValue(validation);
      return html`<tr><th scope="row">${count(step)}</th><td class="n">${measureValue(loss)}</td><td class="n">${step === best?.step ? html`<b>${value}</b>` : value}</td><td class="n">${measureValue(gradientNorm)}</td><td class="n">${rate(learningRate)}</td></tr>
`;
    });
  const table = html`<table><thead><tr><th scope="col">updates</th><th scope="col" class="n">loss</th><th scope="col" class="n">nDCG@10</th><th scope="col" class="n">gradient norm</th><th scope="col" class="n">learning rate</th></tr></thead><tbody>${rows}</tbody></table>`;
  return { id: "points", title: "Points", body: scrolling("Points of the curve", table) };
}

/** `2.0e-5`. */
function rate(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1) : "–";
}
