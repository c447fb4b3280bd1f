import type { Finding } from "../evaluation-report.js";
import type { Section } from "../figure.js";
import { html, type Markup } from "../html.js";

const VERDICTS: readonly {
  readonly verdict: Finding["verdict"];
  readonly sign: string;
  readonly word: string;
}[] = [
  { verdict: "problem", sign: "✕", word: "problem" },
  { verdict: "notice", sign: "!", word: "notice" },
  { verdict: "unknown", sign: "?", word: "unknown" },
  { verdict: "ok", sign: "✓", word: "ok" },
];

/** The doctor's checks, the most serious first. */
export function findingsSection(findings: readonly Finding[] | undefined): Section | null {
  if (!findings || findings.length === 0) return null;
  const items = VERDICTS.flatMap(({ verdict, sign, word }) =>
    findings.filter((finding) => finding.verdict === verdict).map((finding) => item(finding, sign, word)),
  );
  return { id: "findings", title: "Findings", body: html`<ul class="findings">${items}</ul>` };
}

function item({ check, verdict, figure, text, advice }: Finding, sign: string, word: string): Markup {
  return html`<li class="${verdict}"><span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span>
<div><h3>${check}</h3><p class="measured">${figure}</p></div>
<div><p>${text}</p>${advice !== undefined && advice !== "" && html`<p class="advice">${advice}</p>`}</div></li>
`;
}

/** `2 problems, 1 notice, 5 checks passed, 1 could not be checked.` */
export function findingsCount(findings: readonly Finding[]): string {
  const number = (verdict: Finding["verdict"]) =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const some = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;
  const parts = [
    some(number("problem"), "problem"),
    some(number("notice"), "notice"),
    `${some(number("ok"), "check")} passed`,
    ...(number("unknown") > 0 ? [`${number("unknown")} could not be checked`] : []),
  ];
  return `${parts.join(", ")}.`;
}
