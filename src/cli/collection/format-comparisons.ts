import type { SystemComparison } from "../../evaluate/index.js";
import { oneLine } from "../terminal/display-text.js";
import { pText, signed } from "../terminal/format-number.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { wrapText } from "../terminal/wrap-text.js";

export interface ComparisonsLayout {
  readonly measure: string;
  readonly baseline: string;
  readonly queries: number;
  readonly columns: number;
  readonly style: Style;
}

/** How systems differ from a baseline, query by query. */
export function formatComparisons(
  comparisons: readonly SystemComparison[],
  { measure, baseline, queries, columns, style }: ComparisonsLayout,
): string {
  const head = ["", "difference", "95 % interval", "p (Holm)", "W/T/L"];
  const rows = comparisons.map(({ name, difference, interval95, pHolm, wins, ties, losses }) => [
    name,
    signed(difference),
    `${signed(interval95.lower)} … ${signed(interval95.upper)}`,
    pText(pHolm),
    `${wins}/${ties}/${losses}`,
  ]);
  const heading = oneLine(`${measure} against ${baseline}, ${queries} queries: wins, ties, losses`);
  const table = formatTable({ head, rows }, columns, style);
  const doubts = comparisons.flatMap((comparison) => wrapText(doubt(comparison, queries), columns));
  const headings = wrapText(heading, columns).map((line) => `${style.bold(line)}\n`);
  return [`${headings.join("")}${table}`, ...doubts.map((line) => `${style.dim(line)}\n`)].join("");
}

const SIGNIFICANT = 0.05;

/** What it would take to be sure, where the difference may be chance. */
function doubt({ name, pHolm, needed, detectable }: SystemComparison, queries: number): string {
  if (pHolm < SIGNIFICANT || !Number.isFinite(detectable)) return "";
  const seen =
    needed === undefined || needed <= queries ? "" : `; the one seen takes about ${needed} queries`;
  return `${oneLine(name)} may differ by chance: ${queries} queries show differences from ${detectable.toFixed(3)} on${seen}.`;
}
