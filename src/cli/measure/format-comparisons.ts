import type { SystemComparison } from "../../evaluate/index.js";
import { pText, signed } from "../terminal/format-number.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";

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
  const heading = `${measure} against ${baseline}, ${queries} queries: wins, ties, losses`;
  return `${style.bold(heading)}\n${formatTable({ head, rows }, columns, style)}`;
}
