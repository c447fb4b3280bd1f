import type { PromptTemplate } from "../../llm/prompts/index.js";
import { shorten } from "../terminal/display-text.js";

/** A prompt a line: name, kind, what it is; not longer than `columns`, where there are any. */
export function formatPrompts(
  templates: readonly PromptTemplate[],
  columns = Number.POSITIVE_INFINITY,
): string {
  const rows = [["name", "kind", "about"], ...templates.map(({ name, kind, about }) => [name, kind, about])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => {
      const [name, kind, about] = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      return `${shorten(`${name}  ${kind}  ${about}`, columns)}\n`;
    })
    .join("");
}

/** A template as one line of JSON. @param text where it is to be printed too */
export function promptJson(template: PromptTemplate, text?: string): string {
  const { name, kind, about, identifiers, words, answerTokens, labels } = template;
  const record = { name, kind, about, identifiers, words, answerTokens, labels, text };
  return `${JSON.stringify({ ...record, labels: labels.length > 0 ? labels : undefined })}\n`;
}
