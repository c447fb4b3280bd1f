import type { Section } from "../figure.js";
import { html } from "../html.js";
import type { ReportView } from "../report-view.js";

const MEASURES: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /^nDCG/,
    "quality of the order from 0 to 1: a relevant document counts for less the lower it stands, and the sum is divided by that of a perfect order. @10 looks at the first ten.",
  ],
  [/^RR/, "1 divided by the rank of the first relevant document."],
  [/^AP/, "precision at the rank of each relevant document, averaged; documents not found count 0."],
  [/^R@/, "recall: the share of all relevant documents that stand among the first ranks."],
  [/^P@/, "precision: the share of the first ranks that is relevant."],
  [/^Success@/, "1 if a relevant document stands among the first ranks, otherwise 0."],
  [
    /^Judged@/,
    "share of the first ranks that somebody judged; low values make every other measure doubtful.",
  ],
];

/** What the words of this page mean; only those it uses. */
export function termsSection({ report }: ReportView): Section | null {
  const terms: (readonly [string, string])[] = [];
  for (const [pattern, text] of MEASURES) {
    const names = report.measures.filter((measure) => pattern.test(measure));
    if (names.length > 0) terms.push([names.join(", "), text]);
  }
  if (report.comparisons.length > 0) {
    terms.push(
      [
        "95 % interval",
        "made so that, over many experiments with other queries, 95 of 100 such intervals contain the true mean difference. An interval that includes 0 leaves open which system is better.",
      ],
      [
        "p",
        "how often a difference at least this large would arise if the two systems were equally good and only chance told them apart.",
      ],
      [
        "Holm",
        "several comparisons find “significant” differences by luck more often than one; Holm’s correction raises the p-values so that the chance of even one false alarm stays below 5 %.",
      ],
      [
        "wins, ties, losses",
        "queries on which the system is above, level with and below the one it is compared with.",
      ],
    );
  }
  if (terms.length === 0) return null;
  const rows = terms.map(
    ([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>
`,
  );
  return { id: "terms", title: "Terms", body: html`<dl class="terms">${rows}</dl>` };
}
