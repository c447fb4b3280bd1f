import { clip } from "../clip.js";
import { html, type Markup } from "../html.js";
import { count } from "../numbers.js";

const MOST_WARNINGS = 40;

/** What the reader should know although the work succeeded; nothing where there is nothing. */
export function warningBlock(warnings: readonly string[]): Markup | null {
  if (warnings.length === 0) return null;
  const left = warnings.length - MOST_WARNINGS;
  return html`<aside class="warnings" aria-label="Warnings"><h2>${warnings.length === 1 ? "Warning" : "Warnings"}</h2><ul>${warnings
    .slice(0, MOST_WARNINGS)
    .map(
      (warning) => html`<li>${clip(warning, 1000)}</li>`,
    )}${left > 0 && html`<li>and ${count(left)} more</li>`}</ul></aside>`;
}
