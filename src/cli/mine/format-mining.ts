import type { MinedFormat, MiningReport } from "../../train/mining/index.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import type { Gathered } from "./gather.js";

/** What a mining did. */
export interface MiningSummary extends Pick<Gathered, "examples" | "leaks" | "leakedDocuments"> {
  readonly mining: MiningReport;
  readonly out: string;
  readonly format: MinedFormat;
  /** Lines written. */
  readonly lines: number;
  /** Negatives wanted for an example. */
  readonly negatives: number;
}

const DROPPED: Readonly<Record<keyof MiningReport["dropped"], string>> = {
  known: "known positives",
  near: "like a positive",
  relative: "above the share of its positive's score",
  absolute: "within the margin below its positive's score",
  probability: "too probable",
};

/** A mining for people: what was read, removed and found. */
export function formatMining(summary: MiningSummary, columns: number, style: Style): string {
  const { examples, leaks, leakedDocuments, mining, out, format, lines, negatives } = summary;
  const row = (name: string, count: number) => [name, String(count)];
  const unless0 = (name: string, count: number) => (count === 0 ? [] : [row(name, count)]);
  const removed = leaks.reduce((sum, source) => sum + source.removed, 0);
  const rows = [
    row("queries read", examples),
    ...(leaks.length === 0 ? [] : [row("– occur in a test collection", removed)]),
    ...leakedSets(leaks).map(([set, count]) => row(`– – ${set}`, count)),
    ...unless0("– have no positive", mining.withoutPositive),
    ...unless0("– have none that is found", mining.unfound),
    ...unless0(`– have fewer than ${negatives} negatives`, mining.short),
    ...unless0("documents that occur in a test collection", leakedDocuments),
    row("candidates found", mining.candidates),
    ...Object.entries(DROPPED).flatMap(([reason, name]) =>
      unless0(`– dropped: ${name}`, mining.dropped[reason as keyof typeof DROPPED]),
    ),
    row("negatives", mining.judged + mining.hard + mining.random),
    ...unless0("– judged", mining.judged),
    row("– mined", mining.hard),
    row("– random", mining.random),
  ];
  const table = formatTable({ head: ["", "count"], rows }, columns, style);
  return `${table}\n${style.bold(out)} holds ${lines} ${format}\n`;
}

/** Examples removed by test collection, most first. */
function leakedSets(leaks: MiningSummary["leaks"]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { set, queries, documents } of leaks.flatMap(({ sets }) => sets)) {
    counts.set(set, (counts.get(set) ?? 0) + queries + documents);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
