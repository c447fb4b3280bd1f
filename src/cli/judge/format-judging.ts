import type { KnownJudgments } from "../../llm/journal/index.js";
import type { JudgingOutcome } from "../../rerank/pairwise/index.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { large } from "../terminal/units.js";
import { amountText } from "./format-estimate.js";

export interface JudgingSummary {
  readonly outcome: JudgingOutcome;
  readonly journal: KnownJudgments;
  /** As the user named it. */
  readonly out: string;
  readonly currency: string | undefined;
}

/** What was asked, and what the journal holds now. */
export function formatJudging(
  { outcome, journal, out, currency }: JudgingSummary,
  columns: number,
  style: Style,
): string {
  const { done, known, failed } = outcome;
  const head = ["judge", "answers", "of no use", "prompt tokens", "answer tokens", "cost"];
  const totals = journal.totals.byJudge();
  const models = new Set(totals.map(({ judge }) => judge)).size;
  const rows = totals.map(({ judge, model, calls, failures, promptTokens, completionTokens, cost }) => [
    models < totals.length ? `${judge} (${model})` : judge,
    ...[String(calls), String(failures)],
    ...[promptTokens, completionTokens].map((tokens) => (tokens === undefined ? "unknown" : large(tokens))),
    amountText(cost),
  ]);
  const { cost } = journal.totals.all();
  const money =
    cost === undefined ? "" : `, cost ${amountText(cost)}${currency === undefined ? "" : ` ${currency}`}`;
  const asked = `${done - known - failed} questions answered, ${known} known before${failed === 0 ? "" : `, ${failed} failed`}`;
  return [
    formatTable({ head, rows }, columns, style),
    `\n${asked}\n`,
    `${style.bold(out)} holds ${journal.size} answers${money}\n`,
  ].join("");
}

/** The same for programs. */
export function judgingJson({ outcome, journal, out, currency }: JudgingSummary) {
  const { out: givenUp, ...counts } = outcome;
  return {
    ...counts,
    givenUp: givenUp.map(({ judge }) => judge),
    journal: out,
    answers: journal.size,
    currency,
    totals: { judges: journal.totals.byJudge(), all: journal.totals.all() },
  };
}
