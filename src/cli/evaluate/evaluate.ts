import { extname, resolve } from "node:path";
import type { Command } from "commander";
import {
  type Contestant,
  DEFAULT_MEASURES,
  type Evaluation,
  evaluate,
  evaluationReport,
  openCollection,
  parseMeasures,
  type Run,
  renderReport,
  sampleQueries,
  writeRun,
} from "../../evaluate/index.js";
import { writeFile } from "../../files/write-file.js";
import type { LoadOptions } from "../../load.js";
import type { Warning } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import type { Io } from "../io.js";
import { openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { evaluationJson } from "./evaluation-json.js";
import { FIRST_STAGE_OPTIONS, firstStageRun } from "./first-stage.js";
import { formatEvaluation } from "./format-evaluation.js";
import { journalPath } from "./journal-path.js";

const EVALUATE_OPTIONS = [
  "collection",
  "judgments",
  ...FIRST_STAGE_OPTIONS,
  "models",
  ...MODEL_OPTIONS,
  "depth",
  "measures",
  "relevanceLevel",
  "sample",
  "seed",
  "saveRun",
  "report",
  "fresh",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type EvaluateValues = Pick<OptionValues, (typeof EVALUATE_OPTIONS)[number]>;

/** Stands for the model that needs no download. */
const BUILT_IN = "built-in";

const EXAMPLES = `
Scores are kept: an evaluation that was interrupted goes on where it stopped (--fresh begins anew).

Examples:
  rankwright evaluate --collection scifact --model cross-encoder/ms-marco-MiniLM-L6-v2
  rankwright evaluate --collection scifact --model ./a --model ./b --report report.html
  rankwright evaluate --collection trec-dl19 --qrels full --run bm25.trec --measures "nDCG@10,AP(rel=2)"
`;

export function evaluateCommand(io: Io, load: Load): Command {
  const command = createCommand("evaluate", io)
    .description(
      "Re-ranks a judged collection and compares models with the first stage and with random order: measures, 95 % intervals, p-values after Holm, wins, ties and losses.",
    )
    .action((flags: Flags) => evaluateCollection(flags, io, load));
  return addOptions(command, EVALUATE_OPTIONS).addHelpText("after", EXAMPLES);
}

async function evaluateCollection(flags: Flags, io: Io, load: Load): Promise<void> {
  const values = await resolveOptions(EVALUATE_OPTIONS, flags, io);
  if (values.collection === undefined) {
    throw wrongUsage("--collection is missing; name a folder with corpus.jsonl, queries.jsonl and qrels/", {
      field: "collection",
    });
  }
  // Looked at before anything is read or loaded.
  const measures = parseMeasures(values.measures ?? DEFAULT_MEASURES, { rel: values.relevanceLevel });
  const loadOptions = toLoadOptions(flags, values);
  const progress = createProgress(io.stderr);
  const warnings: string[] = [];
  const warn = ({ code, message }: Warning) => {
    warnings.push(message);
    progress.end();
    io.stderr.write(`rankwright: warning: ${code}: ${message}\n`);
  };
  try {
    const whole = await openCollection(resolve(io.cwd, values.collection), {
      qrels: values.judgments,
      signal: io.signal,
      onWarning: warn,
    });
    const { depth = 100, sample, seed, relevanceLevel } = values;
    const collection = sampleQueries(whole, sample, seed);
    const qrels = collection.qrels;
    const firstStage = await firstStageRun({ collection, qrels, depth: depth + 1, values, io, progress });
    const evaluation = await evaluate(
      collection,
      firstStage,
      contestants({ values, loadOptions, io, load, progress }),
      {
        depth: values.candidates === "judged" ? Number.MAX_SAFE_INTEGER : depth,
        measures,
        seed,
        signal: io.signal,
        onProgress: ({ system, done, total, known }) =>
          progress.update({ text: known > 0 ? `${system} (${known} known)` : system, done, total }),
        onWarning: warn,
      },
    );
    progress.end();
    await saveRuns(evaluation, values.saveRun, io);
    if (values.report !== undefined) {
      const settings = reportSettings(values, firstStage);
      const report = await evaluationReport(evaluation, collection, {
        settings,
        relevanceLevel,
        seed,
        warnings,
      });
      await writeFile(resolve(io.cwd, values.report), renderReport(report));
    }
    const columns = io.stdout.columns ?? 80;
    const text = values.json
      ? `${JSON.stringify(evaluationJson(evaluation))}\n`
      : formatEvaluation(evaluation, columns, styleFor(io.stdout, io.env));
    await write(io.stdout, text);
  } finally {
    progress.end();
  }
}

interface ContestantsJob {
  readonly values: EvaluateValues;
  readonly loadOptions: LoadOptions;
  readonly io: Io;
  readonly load: Load;
  readonly progress: Progress;
}

function contestants({ values, loadOptions, io, load, progress }: ContestantsJob): readonly Contestant[] {
  const { models = [BUILT_IN], fresh } = values;
  const twice = models.find((model, i) => models.indexOf(model) !== i);
  if (twice !== undefined)
    throw wrongUsage(`--model ${twice} is given twice; leave one out`, { field: "model" });
  return models.map((name) => {
    const model = name === BUILT_IN ? undefined : name;
    return {
      name,
      open: () => openReranker(model, loadOptions, { io, load, progress }),
      ...(!fresh && { journal: (reranker) => journalPath(reranker, model, loadOptions, io) }),
    };
  });
}

/** One model's run goes to the file that was named, several models' runs to files named after each. */
async function saveRuns({ systems }: Evaluation, file: string | undefined, { cwd }: Io): Promise<void> {
  if (file === undefined) return;
  const models = systems.filter(({ kind }) => kind === "model");
  for (const { name, run } of models) {
    const ending = extname(file);
    const own = `${file.slice(0, file.length - ending.length)}.${name.replace(/[^\w.-]+/g, "_")}${ending}`;
    await writeRun(resolve(cwd, models.length === 1 ? file : own), run as Run);
  }
}

function reportSettings(values: EvaluateValues, firstStage: Run) {
  const { depth = 100, seed = 1, sample, precision = "float32", maxTokens, windows } = values;
  const settings: [string, string | number | undefined][] = [
    ["First stage", firstStage.name],
    ["Candidates", values.candidates === "judged" ? "all judged documents" : `the first ${depth}`],
    ["Queries", sample === undefined ? "all judged" : `${sample} drawn by chance`],
    ["Precision", precision],
    ["Longest input", maxTokens === undefined ? undefined : `${maxTokens} tokens`],
    [
      "Windows",
      windows === undefined ? undefined : `${windows.tokens} tokens, overlap ${windows.overlap ?? 0}`,
    ],
    ["Seed", seed],
  ];
  return settings.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }]));
}
