import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { readQrels } from "../../evaluate/collection/read-qrels.js";
import { DEFAULT_MEASURES } from "../../evaluate/measures/default-measures.js";
import {
  formatValue,
  type Measure,
  type MeasuredRun,
  type MeasureRunOptions,
  measureRun,
  parseMeasures,
} from "../../evaluate/measures/index.js";
import { readRun } from "../../evaluate/runs/read-run.js";
import { compareSystems, type SystemComparison } from "../../evaluate/statistics/compare-systems.js";
import { show } from "../../types/index.js";
import { comparisonJson } from "../collection/comparison-json.js";
import { formatComparisons } from "../collection/format-comparisons.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { oneLine } from "../terminal/display-text.js";
import { formatTable } from "../terminal/format-table.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";

const MEASURE_OPTIONS = [
  "qrels",
  "runs",
  "measures",
  "relevanceLevel",
  "perQuery",
  "topics",
  "judgedOnly",
  "ties",
  "scorePrecision",
  "seed",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type MeasureValues = Pick<OptionValues, (typeof MEASURE_OPTIONS)[number]>;

const EXAMPLES = `
Names of measures: nDCG@10, AP(rel=2), RR@10, R@100, P@5, Judged@10, RBP(p=0.8), Success@1 … or those of
trec_eval: ndcg_cut_10, map, recip_rank, official, all_trec. docs/measures.md has all of them.

Examples:
  rankwright measure --qrels qrels.txt --run bm25.trec
  rankwright measure --qrels qrels.txt --run bm25.trec --run reranked.trec --measures "nDCG@10,AP(rel=2)"
  rankwright measure --qrels qrels.txt --run bm25.trec --per-query --json | jq .queries
`;

export function measureCommand(io: Io): Command {
  const command = createCommand("measure", io)
    .description(
      "Measures TREC runs against relevance judgments, to the digits of trec_eval. With several runs, compares each with the first.",
    )
    .action((flags: Flags) => measure(flags, io));
  return addOptions(command, MEASURE_OPTIONS).addHelpText("after", EXAMPLES);
}

async function measure(flags: Flags, io: Io): Promise<void> {
  const values = await resolveOptions(MEASURE_OPTIONS, flags, io);
  const { qrels: judgments, runs: files = [] } = values;
  if (judgments === undefined)
    throw wrongUsage("--qrels is missing; name a file with judgments", { field: "qrels" });
  if (files.length === 0) throw wrongUsage("--run is missing; name a file with a run", { field: "run" });
  const measures = parseMeasures(values.measures ?? DEFAULT_MEASURES, { rel: values.relevanceLevel });
  const { signal, cwd } = io;
  const qrels = await readQrels(resolve(cwd, judgments), { signal });
  const measured: MeasuredRun[] = [];
  for (const [i, file] of files.entries()) {
    const run = await readRun(resolve(cwd, file), { signal });
    const name = distinctName(run.name, file, i, measured);
    measured.push(measureRun({ ...run, name }, qrels, measures, measureOptions(values)));
  }
  await write(
    io.stdout,
    values.json ? toJson(measured, measures, values) : toText(measured, measures, values, io),
  );
  for (const run of measured) warnAbout(run, values, io);
  if (differ(measured)) {
    const what =
      "the runs answer different queries, so they are not compared; --topics judged compares over all";
    io.stderr.write(`rankwright: warning: different_queries: ${what}\n`);
  }
}

/** What makes the figures mean something else than they seem to. */
function warnAbout(run: MeasuredRun, { topics }: MeasureValues, { stderr }: Io): void {
  const { name, unanswered, unjudged, withoutRelevant } = run;
  const tell = (code: string, queries: readonly string[], one: string, many: string) => {
    if (queries.length === 0) return;
    const [first] = queries;
    const what =
      queries.length === 1
        ? `query ${show(first)} ${one}`
        : `${queries.length} queries (such as ${show(first)}) ${many}`;
    stderr.write(`rankwright: warning: ${code}: ${oneLine(name)}: ${what}\n`);
  };
  const counted = topics === "common" ? "left out" : "counted as 0";
  tell(
    "unanswered_queries",
    unanswered,
    `has judgments but no results: ${counted}`,
    `have judgments but no results: ${counted}`,
  );
  tell(
    "unjudged_queries",
    unjudged,
    "has results but no judgments: left out",
    "have results but no judgments: left out",
  );
  tell(
    "queries_without_relevant",
    withoutRelevant,
    "has no relevant document and counts as 0",
    "have no relevant document and count as 0",
  );
}

/** The run's own name, its file's where runs share one. */
function distinctName(tag: string, file: string, index: number, others: readonly MeasuredRun[]): string {
  const taken = (name: string) => name === "" || others.some((run) => run.name === name);
  return [tag, basename(file), file].find((name) => !taken(name)) ?? `${file} (${index + 1})`;
}

function measureOptions({ topics, judgedOnly, ties, scorePrecision }: MeasureValues): MeasureRunOptions {
  return {
    topics,
    judgedOnly,
    ties: ties === "expected" ? "expected" : "document id",
    scores: scorePrecision,
  };
}

interface Comparisons {
  readonly measure: Measure;
  readonly against: readonly SystemComparison[];
}

/**
 * The other runs against the first, by the first measure that is a mean over queries; undefined where there is
 * nothing to compare, or where the runs answer different queries and only those were to count.
 */
function compare(
  measured: readonly MeasuredRun[],
  measures: readonly Measure[],
  seed = 1,
): Comparisons | undefined {
  const [baseline, ...systems] = measured;
  const measure = measures.find(({ aggregate }) => aggregate === "mean");
  if (baseline === undefined || systems.length === 0 || measure === undefined) return undefined;
  if (differ(measured)) return undefined;
  const valuesOf = (run: MeasuredRun) => run.values.get(measure.name) as Float64Array;
  const against = compareSystems({
    baseline: valuesOf(baseline),
    systems: systems.map((run) => ({ name: run.name, values: valuesOf(run) })),
    seed,
  });
  return { measure, against };
}

function differ([first, ...others]: readonly MeasuredRun[]): boolean {
  const same = (run: MeasuredRun) =>
    run.queries.length === first?.queries.length &&
    run.queries.every((query, i) => query === first.queries[i]);
  return !others.every(same);
}

/** One object a run. */
function toJson(
  measured: readonly MeasuredRun[],
  measures: readonly Measure[],
  values: MeasureValues,
): string {
  const comparisons = compare(measured, measures, values.seed);
  return measured
    .map((run) => {
      const perQuery = run.queries.map((query, i) => [
        query,
        figures(run, (name) => run.values.get(name)?.[i]),
      ]);
      const comparison = comparisons?.against.find(({ name }) => name === run.name);
      return `${JSON.stringify({
        run: run.name,
        topics: run.queries.length,
        measures: figures(run, (name) => run.means.get(name)),
        ...(comparison && {
          against: {
            run: measured[0]?.name,
            measure: comparisons?.measure.name,
            ...comparisonJson(comparison),
          },
        }),
        ...(values.perQuery && { queries: Object.fromEntries(perQuery) }),
      })}\n`;
    })
    .join("");
}

function figures({ means }: MeasuredRun, value: (measure: string) => number | undefined) {
  return Object.fromEntries([...means.keys()].map((name) => [name, value(name)]));
}

function toText(
  measured: readonly MeasuredRun[],
  measures: readonly Measure[],
  values: MeasureValues,
  io: Io,
): string {
  const columns = widthOf(io.stdout);
  const style = styleFor(io.stdout, io.env);
  const names = measures.map(({ name }) => name);
  const row = (name: string, value: (measure: string) => number | undefined) => [
    name,
    ...measures.map((measure) => formatValue(measure, value(measure.name) as number)),
  ];
  const parts: string[] = [];
  if (values.perQuery) {
    for (const run of measured) {
      const rows = run.queries.map((query, i) => row(query, (measure) => run.values.get(measure)?.[i]));
      rows.push(row("all", (measure) => run.means.get(measure)));
      parts.push(
        `${style.bold(oneLine(run.name))}\n${formatTable({ head: ["query", ...names], rows }, columns, style)}`,
      );
    }
  } else {
    const rows = measured.map((run) => row(run.name, (measure) => run.means.get(measure)));
    parts.push(formatTable({ head: ["run", ...names], rows }, columns, style));
  }
  const comparisons = compare(measured, measures, values.seed);
  if (comparisons !== undefined) {
    const [baseline] = measured as [MeasuredRun];
    const { measure, against } = comparisons;
    const layout = { measure: measure.name, baseline: baseline.name, queries: baseline.queries.length };
    parts.push(formatComparisons(against, { ...layout, columns, style }));
  }
  return parts.join("\n");
}
