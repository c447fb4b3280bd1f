import { resolve } from "node:path";
import type { Command } from "commander";
import { type KnownJudgments, loadJudgments, openJudgmentJournal } from "../../llm/journal/index.js";
import {
  type DistinctQueries,
  estimateJudging,
  type JudgingEstimate,
  type JudgingOutcome,
  judgePairs,
  planPairs,
} from "../../rerank/pairwise/index.js";
import type { Warning } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { warner } from "../warn.js";
import { write } from "../write.js";
import { failureTeller } from "./failure-teller.js";
import { amountText, formatEstimate, sumOf } from "./format-estimate.js";
import { formatJudging, judgingJson } from "./format-judging.js";
import { incompleteError, tooLongWarning } from "./incomplete.js";
import { checkJudgedQueries, judgedQueries } from "./judged-queries.js";
import { type JudgesFile, readJudgesFile } from "./judges-file.js";
import { judgingLine } from "./judging-line.js";
import { type OpenJudges, openJudges } from "./open-judges.js";
import { Spent } from "./spent.js";

const JUDGE_OPTIONS = [
  "topicsFile",
  "corpusFile",
  "collection",
  "judgedCandidates",
  "depth",
  "sample",
  "judgesFile",
  "journalFile",
  "degree",
  "pairsPerQuery",
  "crossPairs",
  "budget",
  "dryRun",
  "concurrency",
  "seed",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type JudgeValues = Pick<OptionValues, (typeof JUDGE_OPTIONS)[number]>;

interface CheckedValues extends JudgeValues {
  readonly judgesFile: string;
  readonly journalFile: string;
}

const EXAMPLES = `
Every pair is asked in both orders. Whatever ends it (Ctrl-C, a budget, a crash), the same command goes on where it
stopped and asks nothing twice.

FILE of --judges is a list such as
  [{"model": "gpt-4o-mini", "apiKeyEnv": "OPENAI_API_KEY", "price": {"input": 0.15, "output": 0.6}},
   {"id": "own", "model": "qwen3", "baseUrl": "http://localhost:8000/v1", "prompt": "zelo"}]
with prices per million tokens.

Examples:
  rankwright judge --collection scifact --judges judges.json --out journal.jsonl --dry-run
  rankwright judge --queries q.jsonl --corpus docs.jsonl --candidates bm25.trec --judges judges.json \\
    --cross-pairs 4 --budget 5 --out journal.jsonl
  rankwright fit --journal journal.jsonl --out scores.jsonl
`;

export function judgeCommand(io: Io): Command {
  const command = createCommand("judge", io)
    .description("Lets language models compare documents pair by pair, and keeps every answer in a journal.")
    .action((flags: Flags) => judge(flags, io));
  return addOptions(command, JUDGE_OPTIONS).addHelpText("after", EXAMPLES);
}

async function judge(flags: Flags, io: Io): Promise<void> {
  const values = checked(await resolveOptions(JUDGE_OPTIONS, flags, io));
  const path = resolve(io.cwd, values.judgesFile);
  const file = await readJudgesFile(path, values.judgesFile);
  checkBudget(values, file);
  const progress = createProgress(io.stderr);
  const job: Job = { values, file, path, io, progress, onWarning: warner(io, progress) };
  try {
    const inputs = await judgedQueries(job);
    if (values.dryRun) await dryRun(inputs, job);
    else await run(inputs, job);
  } finally {
    progress.end();
  }
}

interface Job {
  readonly values: CheckedValues;
  readonly file: JudgesFile;
  /** Of the file of judges. */
  readonly path: string;
  readonly io: Io;
  readonly progress: Progress;
  readonly onWarning: (warning: Warning) => void;
}

/** @throws RankwrightError WRONG_USAGE for what is missing or does not go together */
function checked(values: JudgeValues): CheckedValues {
  const { judgesFile, journalFile, degree, pairsPerQuery } = values;
  checkJudgedQueries(values);
  if (judgesFile === undefined)
    throw wrongUsage("--judges is missing; name a file that lists them", { field: "judges" });
  if (journalFile === undefined) throw wrongUsage("--out is missing; name the journal", { field: "out" });
  if (degree !== undefined && pairsPerQuery !== undefined) {
    throw wrongUsage("--degree and --pairs-per-query both say how many pairs; leave one out", {
      field: "degree",
    });
  }
  return { ...values, judgesFile, journalFile };
}

function checkBudget({ budget }: CheckedValues, { judges }: JudgesFile): void {
  const free = judges.find(({ price }) => price === undefined);
  if (budget === undefined || free === undefined) return;
  throw wrongUsage(
    `--budget can only be kept where every judge has a price, and ${free.id ?? free.model} has none; add {"input": …, "output": …}`,
    { field: "budget" },
  );
}

async function dryRun({ queries }: DistinctQueries, job: Job): Promise<void> {
  const { values, io, progress, file } = job;
  const journal = await loadJudgments(resolve(io.cwd, values.journalFile), { signal: io.signal });
  const panel = await openJudges({ ...job, budget: undefined, keysNeeded: false });
  const estimates = await estimate(queries, panel, journal, job);
  progress.end();
  const { currency } = file;
  const text = values.json
    ? `${JSON.stringify({ currency, judges: estimates, total: sumOf(estimates) })}\n`
    : formatEstimate(estimates, currency, widthOf(io.stdout), styleFor(io.stdout, io.env));
  await write(io.stdout, text);
}

function estimate(
  queries: DistinctQueries["queries"],
  { judges, priceOf }: OpenJudges,
  journal: KnownJudgments,
  { values, io, progress }: Job,
): Promise<JudgingEstimate[]> {
  progress.update({ text: "counting calls and tokens" });
  return estimateJudging({
    questions: planPairs(queries, values),
    judges,
    journal,
    priceOf,
    signal: io.signal,
  });
}

async function run({ queries, duplicates }: DistinctQueries, job: Job): Promise<void> {
  const { values, file, io, progress, onWarning } = job;
  const { budget, journalFile: out, concurrency } = values;
  const spent = new Spent(file.judges);
  // What is wrong with the judges is found before there is a journal; what is left of the budget stands in it.
  await openJudges({ ...job, budget: undefined, keysNeeded: true });
  const journal = await openJudgmentJournal(resolve(io.cwd, out), {
    ...{ signal: io.signal, onWarning },
    onJudgment: (judgment) => spent.add(judgment),
  });
  try {
    const left = spent.leftOf(budget, out);
    const panel = await openJudges({ ...job, budget: left, keysNeeded: true });
    const estimates = await estimate(queries, panel, journal, job);
    progress.end();
    io.stderr.write(`rankwright: ${planText(estimates, file.currency)}\n`);
    for (const duplicate of duplicates) await journal.addDuplicate(duplicate);

    const tellFailure = failureTeller(io, progress);
    const outcome = await asking(io, progress, () => {
      const started = performance.now();
      return judgePairs({
        ...{ questions: planPairs(queries, values), judges: panel.judges, journal, concurrency },
        signal: io.signal,
        onFailure: tellFailure,
        onProgress: (now) => {
          const cost = costSoFar(spent, panel);
          progress.update({
            text: judgingLine({ ...now, cost, budget, elapsedMs: performance.now() - started }),
          });
        },
      });
    });
    progress.end();
    const tooLong = tooLongWarning(outcome);
    if (tooLong) onWarning(tooLong);
    const summary = { outcome, journal, out, currency: file.currency };
    const text = values.json
      ? `${JSON.stringify(judgingJson(summary))}\n`
      : formatJudging(summary, widthOf(io.stdout), styleFor(io.stdout, io.env));
    await write(io.stdout, text);
    const error = incompleteError(outcome, budget);
    if (error) throw error;
  } finally {
    await journal.close();
  }
}

/** While it works, an interrupt is answered with a word about what is waited for. */
async function asking(
  io: Io,
  progress: Progress,
  work: () => Promise<JudgingOutcome>,
): Promise<JudgingOutcome> {
  const tell = () => {
    progress.end();
    io.stderr.write(
      "rankwright: waiting for answers under way, which are paid for; Ctrl-C again drops them\n",
    );
  };
  io.signal.addEventListener("abort", tell, { once: true });
  try {
    return await work();
  } finally {
    io.signal.removeEventListener("abort", tell);
  }
}

function costSoFar(spent: Spent, { ledger }: OpenJudges): number | undefined {
  const { cost, unknownCost } = ledger.total();
  return spent.cost === undefined || unknownCost > 0 ? undefined : spent.cost + cost;
}

function planText(estimates: readonly JudgingEstimate[], currency: string | undefined): string {
  const { calls, known, cost, mostCost } = sumOf(estimates);
  if (calls === 0) return `all ${known} questions are answered already`;
  const unit = currency === undefined ? "" : ` ${currency}`;
  const money =
    cost === undefined
      ? "of unknown cost"
      : `about ${amountText(cost)}${unit}, at most ${amountText(mostCost)}${unit}`;
  return `${calls} calls, ${money}${known === 0 ? "" : `; ${known} questions are answered already`}`;
}
