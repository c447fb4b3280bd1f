import type { Finding, Verdict } from "../../evaluate/index.js";
import type { Style } from "../terminal/style.js";
import { wrapText } from "../terminal/wrap-text.js";

const MARKS: Readonly<Record<Verdict, string>> = { ok: "✓", notice: "!", problem: "✗", unknown: "?" };
const INDENT = "    ";

/** Findings for people: one paragraph a check, the problems' advice set apart, and a count at the end. */
export function formatFindings(findings: readonly Finding[], columns: number, style: Style): string {
  const paragraphs = findings.map((finding) => paragraph(finding, columns, style));
  return `${[...paragraphs, summary(findings)].join("\n")}\n`;
}

function paragraph({ title, verdict, figure, text, advice }: Finding, columns: number, style: Style): string {
  const paint = verdict === "ok" ? style.green : verdict === "unknown" ? style.dim : style.bold;
  const body = [...wrapText(text, columns - INDENT.length)];
  // The arrow stands in the indent of the advice.
  if (advice !== undefined) {
    const [first = "", ...rest] = wrapText(advice, columns - INDENT.length - 2);
    body.push(`→ ${first}`, ...rest.map((line) => `  ${line}`));
  }
  const head = wrapText(`${title}: ${figure}`, columns - 2);
  return [
    `${paint(MARKS[verdict])} ${style.bold(head[0] ?? "")}`,
    ...head.slice(1).map((line) => `  ${style.bold(line)}`),
    ...body.map((line) => `${INDENT}${line}\n`.trimEnd()),
    "",
  ].join("\n");
}

function summary(findings: readonly Finding[]): string {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const parts = [
    plural(count("problem"), "problem"),
    plural(count("notice"), "notice"),
    `${count("ok")} fine`,
    `${count("unknown")} not known`,
  ];
  return parts.join(" · ");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Findings for programs, one object a line. */
export function findingsJson(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(finding)}\n`).join("");
}
