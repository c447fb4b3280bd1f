import type { QueryDifference } from "../charts/query-differences.js";
import { clip } from "../clip.js";
import type { Comparison } from "../evaluation-report.js";
import { type Section, scrolling } from "../figure.js";
import { html, type Markup } from "../html.js";
import { measureValue, signed } from "../numbers.js";
import { pairedQueries } from "../paired-queries.js";
import type { ReportView } from "../report-view.js";

const ROWS = 6;
const LONGEST_TEXT = 240;
const LONGEST_ID = 60;

/** The queries that gained and lost most: open for the first comparison, closed for the others. */
export function largestChangesSection(view: ReportView): Section | null {
  const blocks: Markup[] = [];
  for (const comparison of view.headline) {
    const tables = changeTables(view, comparison);
    if (!tables) continue;
    const name = html`<bdi>${comparison.system}</bdi> against <bdi>${comparison.baseline}</bdi>`;
    if (blocks.length === 0) blocks.push(html`<h3>${name}</h3>${tables}`);
    else blocks.push(html`<details><summary>${name}</summary>${tables}</details>`);
  }
  if (blocks.length === 0) return null;
  return { id: "changes", title: "Wins and losses", body: html`${blocks}` };
}

function changeTables(view: ReportView, comparison: Comparison): Markup | null {
  const change = (query: QueryDifference) => query.system - query.baseline;
  const sorted = pairedQueries(view, comparison).sort(
    (a, b) => change(b) - change(a) || (a.query < b.query ? -1 : 1),
  );
  const wins = sorted.filter((query) => change(query) > 0).slice(0, ROWS);
  const losses = sorted
    .filter((query) => change(query) < 0)
    .reverse()
    .slice(0, ROWS);
  if (wins.length + losses.length === 0) return null;
  return html`<div class="pair">${changeTable(view, "Wins", wins)}${changeTable(view, "Losses", losses)}</div>`;
}

function changeTable(view: ReportView, title: string, rows: readonly QueryDifference[]): Markup | null {
  if (rows.length === 0) return null;
  const tone = title === "Wins" ? "up" : "down";
  const table = html`<table class="changes"><thead><tr><th scope="col">${title}</th><th scope="col" class="n">change</th></tr></thead>
<tbody>${rows.map(
    ({ query, baseline, system }) =>
      html`<tr><th scope="row">${queryText(view, query)}</th><td class="n"><b class="${tone}">${signed(system - baseline)}</b><span class="sub">${measureValue(baseline)} → ${measureValue(system)}</span></td></tr>
`,
  )}</tbody></table>`;
  return scrolling(title, table);
}

function queryText(view: ReportView, query: string): Markup {
  const texts = view.report.queryTexts;
  const text = texts && Object.hasOwn(texts, query) ? texts[query] : undefined;
  const id = html`<span class="sub" dir="auto">${clip(query, LONGEST_ID)}</span>`;
  return text === undefined
    ? id
    : html`<span class="text" dir="auto">${clip(text, LONGEST_TEXT)}</span>${id}`;
}
