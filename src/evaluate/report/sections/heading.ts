import { clip } from "../clip.js";
import type { Section } from "../figure.js";
import { html, type Markup } from "../html.js";
import { count } from "../numbers.js";
import { sectionLinks } from "../page.js";
import type { ReportView } from "../report-view.js";
import { verdicts } from "../verdict.js";
import { findingsCount } from "./findings.js";
import { warningBlock } from "./warnings.js";

const SIGNS = { better: "▲", worse: "▼", unclear: "≈" } as const;

/** Title, what was measured on, the verdict, warnings, and the way to each section. */
export function heading(view: ReportView, sections: readonly Section[]): Markup {
  const { title, created, collection, findings = [], warnings } = view.report;
  const facts = [
    `${count(collection.documents)} documents`,
    `${count(collection.queries)} queries, ${count(collection.judged)} judged`,
    ...(collection.grades.trim() === "" ? [] : [`grades ${clip(collection.grades, 80)}`]),
  ];
  return html`<header>
<h1>${title}</h1>
<p class="facts"><b><bdi>${collection.name}</bdi></b> · ${facts.join(" · ")} · ${created}</p>
${verdictBlock(view)}
${findings.length > 0 && html`<p class="count">Doctor: ${findingsCount(findings)}</p>`}
${warningBlock(warnings)}
${sectionLinks(sections)}
</header>`;
}

function verdictBlock(view: ReportView): Markup | null {
  const [first, ...others] = verdicts(view);
  if (!first) return null;
  return html`<div class="verdict ${first.tone}"><span class="sign" aria-hidden="true">${SIGNS[first.tone]}</span><p>${first.sentence}</p></div>
${
  others.length > 0 &&
  html`<ul class="verdicts">${others.map(({ tone, sentence }) => html`<li class="${tone}"><span class="sign" aria-hidden="true">${SIGNS[tone]}</span><p>${sentence}</p></li>`)}</ul>`
}`;
}
