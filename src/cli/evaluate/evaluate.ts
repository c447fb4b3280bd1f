import { extname, resolve } from "node:path";
import type { Command } from "commander";
import {
  type Contestant,
  DEFAULT_MEASURES,
  type Evaluation,
  evaluate,
  evaluationReport,
  parseMeasures,
  type Run,
  renderReport,
  writeRun,
} from "../../evaluate/index.js";
import { checkWritable } from "../../files/check-writable.js";
import { writeFile } from "../../files/write-file.js";
import type { LoadOptions } from "../../load.js";
import type { Warning } from "../../types/index.js";
import { openModelJournal } from "../collection/model-journal.js";
import {
  COLLECTION_OPTIONS,
  checkCollectionOptions,
  prepareCollection,
} from "../collection/prepare-collection.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import { type Io, widthOf } from "../io.js";
import { BUILT_IN, openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { collectingWarner } from "../warn.js";
import { write } from "../write.js";
import { evaluationJson } from "./evaluation-json.js";
import { formatEvaluation } from "./format-evaluation.js";

const EVALUATE_OPTIONS = [
  ...COLLECTION_OPTIONS,
  "models",
  ...MODEL_OPTIONS,
  "measures",
  "saveRun",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type EvaluateValues = Pick<OptionValues, (typeof EVALUATE_OPTIONS)[number]>;

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
  // Looked at before anything is read or loaded.
  checkCollectionOptions(values);
  const measures = parseMeasures(values.measures ?? DEFAULT_MEASURES, { rel: values.relevanceLevel });
  const loadOptions = toLoadOptions(flags, values);
  const { models = [BUILT_IN], report, saveRun, seed, relevanceLevel } = values;
  const twice = models.find((model, i) => models.indexOf(model) !== i);
  if (twice !== undefined) {
    throw wrongUsage(`--model ${twice} is given twice; leave one out`, { field: "model" });
  }
  for (const file of [report, saveRun]) if (file !== undefined) await checkWritable(resolve(io.cwd, file));

  const progress = createProgress(io.stderr);
  const { warnings, onWarning } = collectingWarner(io, progress);
  try {
    const prepared = await prepareCollection({ values, io, progress, onWarning });
    const { collection, firstStage, depth, absent } = prepared;
    const entrants = models.map((model) =>
      contestant(model, { values, loadOptions, io, load, progress, onWarning }),
    );
    const evaluation = await evaluate(collection, firstStage, entrants, {
      depth,
      absent,
      measures,
      seed,
      signal: io.signal,
      onProgress: ({ system, done, total, known }) =>
        progress.update({ text: known > 0 ? `${system} (${known} known)` : system, done, total }),
      onWarning,
    });
    progress.end();
    const text = values.json
      ? `${JSON.stringify(evaluationJson(evaluation))}\n`
      : formatEvaluation(evaluation, widthOf(io.stdout), styleFor(io.stdout, io.env));
    await write(io.stdout, text);
    // What was found is seen even where it cannot be kept.
    await saveRuns(evaluation, saveRun, io);
    if (report === undefined) return;
    const settings = reportSettings(values, evaluation);
    const page = await evaluationReport(evaluation, collection, { settings, relevanceLevel, seed, warnings });
    await writeFile(resolve(io.cwd, report), renderReport(page));
  } finally {
    progress.end();
  }
}

interface ContestantJob {
  readonly values: EvaluateValues;
  readonly loadOptions: LoadOptions;
  readonly io: Io;
  readonly load: Load;
  readonly progress: Progress;
  readonly onWarning: (warning: Warning) => void;
}

function contestant(name: string, job: ContestantJob): Contestant {
  const { values, loadOptions } = job;
  const collection = values.collection as string;
  return {
    name,
    open: () => openReranker(name, loadOptions, job),
    journal: (reranker) =>
      openModelJournal({ ...job, reranker, model: name, loadOptions, collection, fresh: values.fresh }),
  };
}

/** One model's run goes to the file that was named, several models' runs to files named after each. */
async function saveRuns({ systems }: Evaluation, file: string | undefined, { cwd }: Io): Promise<void> {
  if (file === undefined) return;
  const models = systems.filter(({ kind }) => kind === "model");
  const ending = extname(file);
  const stem = file.slice(0, file.length - ending.length);
  const taken = new Set<string>();
  for (const { name, run } of models) {
    const plain = `${stem}.${name.replace(/[^\w.-]+/g, "_")}`;
    let own = `${plain}${ending}`;
    for (let n = 2; taken.has(own); n++) own = `${plain}_${n}${ending}`;
    taken.add(own);
    await writeRun(resolve(cwd, models.length === 1 ? file : own), run as Run);
  }
}

function reportSettings(values: EvaluateValues, { systems, depth }: Evaluation) {
  const { analyzer = "english", stem = true, stopWords = "default", k1 = 0.9, b = 0.4 } = values;
  const { seed = 1, sample, precision = "float32", maxTokens, windows, relevanceLevel } = values;
  const bm25 = [
    `BM25, k1 ${k1}, b ${b}, ${analyzer}`,
    ...(stem ? [] : ["no stemming"]),
    ...(stopWords === "none" ? ["no stop words"] : []),
  ].join(", ");
  const settings: [string, string | number | undefined][] = [
    ["First stage", values.firstStage === undefined ? bm25 : systems[0]?.name],
    ["Candidates", values.candidates === "judged" ? "all judged documents" : `the first ${depth}`],
    ["Queries", sample === undefined ? "all judged" : `${sample} drawn by chance`],
    ["Relevant from grade", relevanceLevel],
    ["Models", (values.models ?? [BUILT_IN]).join(", ")],
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
