import { clip } from "../clip.js";
import type { Setting } from "../evaluation-report.js";
import type { Section } from "../figure.js";
import { html } from "../html.js";

const LONGEST = 600;

/** What it takes to repeat the experiment. */
export function settingsSection(settings: readonly Setting[]): Section | null {
  if (settings.length === 0) return null;
  const rows = settings.map(
    ({ name, value }) => html`<div><dt>${clip(name, LONGEST)}</dt><dd>${clip(value, LONGEST)}</dd></div>
`,
  );
  return { id: "settings", title: "Settings", body: html`<dl class="settings">${rows}</dl>` };
}
