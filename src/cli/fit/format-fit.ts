import type { JournalTotals } from "../../llm/journal/index.js";
import type { FittedJudgments, JudgeReport, JudgmentReport } from "../../rerank/pairwise/index.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { wrapText } from "../terminal/wrap-text.js";

/** A fit with what it tells of the judges. */
export interface FitSummary {
  readonly fitted: FittedJudgments;
  readonly report: JudgmentReport;
  readonly totals: JournalTotals;
  readonly model: "bt" | "thurstone";
}

/** A fit for people: judges, their agreement, and what the scores rest on. */
export function formatFit(summary: FitSummary, out: string, columns: number, style: Style): string {
  const { fitted, report, totals } = summary;
  const head = ["judge", "answers", "of no use", "pairs", "contradictions", "bias", "± s.e.", "circles"];
  const rows = report.judges.map((judge) => judgeRow(judge, totals));
  const judges = formatTable({ head, rows }, columns, style);
  const agreement = report.agreement.map(({ judges: [one, other], pairs, rate }) => [
    `${one}, ${other}`,
    String(pairs),
    percent(rate),
  ]);
  const pairs =
    agreement.length === 0
      ? ""
      : `\n${formatTable({ head: ["agreement", "pairs", "same"], rows: agreement }, columns, style)}`;
  const lines = [...facts(fitted, report), ""].flatMap((fact) =>
    fact === "" ? [""] : wrapText(fact, columns),
  );
  const documents = fitted.queries.reduce((sum, query) => sum + query.documents.length, 0);
  return `${judges}${pairs}\n${lines.join("\n")}${style.bold(out)} holds ${documents} scores\n`;
}

/** Position bias is in logits, above 0 towards the document shown first. */
function judgeRow({ judge, bias, cycles }: JudgeReport, totals: JournalTotals): string[] {
  const rows = totals.byJudge().filter((row) => row.judge === judge);
  const sum = (key: "calls" | "failures") => rows.reduce((all, row) => all + row[key], 0);
  return [
    judge,
    String(sum("calls")),
    String(sum("failures")),
    String(bias.pairs),
    percent(bias.rate),
    bias.logits === undefined ? "–" : `${bias.logits < 0 ? "−" : "+"}${Math.abs(bias.logits).toFixed(2)}`,
    bias.standardError === undefined ? "–" : bias.standardError.toFixed(2),
    percent(cycles.rate),
  ];
}

function facts(
  { queries, comparisons, crossComparisons, comparable }: FittedJudgments,
  { cycles }: JudgmentReport,
) {
  const undefeated = queries.flatMap(({ documents }) =>
    documents.filter((document) => document.undefeated),
  ).length;
  const scale =
    crossComparisons === 0
      ? `Scores can be compared within a query${queries.length > 1 ? ", not across queries" : ""}.`
      : `${crossComparisons} comparisons across queries; scores of ${comparable ? "all" : "not all"} queries can be compared.`;
  return [
    `${comparisons} comparisons within ${queries.length} queries. ${scale}`,
    ...(cycles.triples === 0
      ? []
      : [`${percent(cycles.rate)} of ${cycles.triples} triples run in circles, all judges together.`]),
    ...(undefeated === 0
      ? []
      : [
          `${undefeated} documents won every comparison outright; the prior alone keeps their scores finite.`,
        ]),
  ];
}

function percent(rate: number | undefined): string {
  return rate === undefined ? "–" : `${(100 * rate).toFixed(1)} %`;
}
