import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable } from "../../files/check-writable.js";
import { writeFile } from "../../files/write-file.js";
import { type JournalEntry, readJournal } from "../../llm/journal/index.js";
import { collectJudgments, fitJudgments, judgmentReport } from "../../rerank/pairwise/index.js";
import { RankwrightError, type Warning } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { warner } from "../warn.js";
import { write } from "../write.js";
import { fitJson, scoreLines } from "./fit-json.js";
import { type FitSummary, formatFit } from "./format-fit.js";

const FIT_OPTIONS = [
  "journals",
  "fittedScores",
  "fittedModel",
  "votes",
  "weight",
  "lambda",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type FitValues = Pick<OptionValues, (typeof FIT_OPTIONS)[number]>;

const EXAMPLES = `
A line of --out holds query, document, score, standardError and comparisons; \`measure --run\` reads it as a run.

Examples:
  rankwright fit --journal journal.jsonl --out scores.jsonl
  rankwright fit --journal a.jsonl --journal b.jsonl --weight strict=2 --votes hard --out scores.jsonl --json
`;

export function fitCommand(io: Io): Command {
  const command = createCommand("fit", io)
    .description(
      "Makes one score and standard error per document of what judges said; comparable across queries where documents of different queries were compared.",
    )
    .action((flags: Flags) => fitJournals(flags, io));
  return addOptions(command, FIT_OPTIONS).addHelpText("after", EXAMPLES);
}

async function fitJournals(flags: Flags, io: Io): Promise<void> {
  const values = await resolveOptions(FIT_OPTIONS, flags, io);
  const { journals, fittedScores: out } = values;
  if (journals === undefined)
    throw wrongUsage("--journal is missing; name what judge has written", { field: "journal" });
  if (out === undefined) throw wrongUsage("--out is missing; name a file for the scores", { field: "out" });
  const file = resolve(io.cwd, out);
  await checkWritable(file);
  await checkApart(file, journals, io, out);
  const progress = createProgress(io.stderr);
  const onWarning = warner(io, progress);
  try {
    const summary = await summarise(values, journals, io, progress, onWarning);
    progress.end();
    for (const warning of warningsOf(summary)) onWarning(warning);
    await writeFile(file, scoreLines(summary.fitted));
    const text = values.json
      ? `${JSON.stringify(fitJson(summary, out))}\n`
      : formatFit(summary, out, widthOf(io.stdout), styleFor(io.stdout, io.env));
    await write(io.stdout, text);
  } finally {
    progress.end();
  }
}

/** A journal holds answers that were paid for. */
async function checkApart(
  file: string,
  journals: readonly string[],
  { cwd }: Io,
  out: string,
): Promise<void> {
  const real = (path: string) => realpath(path).catch(() => path);
  const target = await real(file);
  for (const journal of journals) {
    if ((await real(resolve(cwd, journal))) !== target) continue;
    throw wrongUsage(`--out ${out} is also --journal and would be overwritten; name another file`, {
      field: "out",
    });
  }
}

async function summarise(
  { votes, weight = [], fittedModel, lambda }: FitValues,
  journals: readonly string[],
  io: Io,
  progress: Progress,
  onWarning: (warning: Warning) => void,
): Promise<FitSummary> {
  const collected = await collectJudgments(entriesOf(journals, io, progress, onWarning), { votes });
  if (collected.pairs.length === 0) {
    const message = `${journals.join(", ")} ${journals.length === 1 ? "holds" : "hold"} no judgments; let \`rankwright judge\` write some.`;
    throw new RankwrightError("EMPTY_FILE", message, { field: "journal" });
  }
  const weights = Object.fromEntries(weight.map((each) => [each.judge, each.weight]));
  const judges = new Set(collected.pairs.map(({ judge }) => judge));
  const stranger = weight.find(({ judge }) => !judges.has(judge));
  if (stranger) {
    throw wrongUsage(`--weight names the judge ${stranger.judge}; the judges are ${[...judges].join(", ")}`, {
      field: "weight",
      value: stranger.judge,
    });
  }
  progress.update({ text: "fitting" });
  return {
    fitted: fitJudgments(collected, { model: fittedModel, weights, lambda }),
    report: judgmentReport(collected.pairs),
    totals: collected.totals,
    model: fittedModel ?? "bt",
  };
}

async function* entriesOf(
  journals: readonly string[],
  { cwd, signal }: Io,
  progress: Progress,
  onWarning: (warning: Warning) => void,
): AsyncGenerator<JournalEntry> {
  let done = 0;
  for (const journal of journals) {
    const entries = readJournal(resolve(cwd, journal), {
      signal,
      onTorn: ({ line }) => {
        const message = `${journal}, line ${line} was cut short by a crash; it is passed over.`;
        onWarning({ code: "torn_line", message });
      },
    });
    for await (const entry of entries) {
      progress.update({ text: "answers read:", done: ++done });
      yield entry;
    }
  }
}

function warningsOf({ fitted }: FitSummary): Warning[] {
  const { incomplete, queries, crossComparisons, comparable } = fitted;
  const warn = (message: string): Warning => ({ code: "comparisons_missing", message });
  const apart = queries.filter(({ connected }) => !connected).length;
  return [
    ...(incomplete === 0
      ? []
      : [warn(`${incomplete} comparisons lack a usable answer in one order or both; they are left out`)]),
    ...(apart === 0
      ? []
      : [
          warn(
            `comparisons do not connect all documents of ${apart} of ${queries.length} queries; their scores are comparable in parts`,
          ),
        ]),
    ...(crossComparisons === 0 || comparable
      ? []
      : [
          warn(
            "comparisons across queries do not connect all of them; scores of some queries cannot be compared",
          ),
        ]),
  ];
}
