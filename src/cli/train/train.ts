import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable } from "../../files/check-writable.js";
import { writeFile } from "../../files/write-file.js";
import type { TrainOptions } from "../../train/index.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { formatTraining } from "./format-training.js";
import { progressLine } from "./progress-line.js";
import { readTrainingData } from "./training-data.js";

const TRAIN_OPTIONS = [
  "start",
  "data",
  "loss",
  "out",
  "validation",
  "holdOut",
  "epochs",
  "maxSteps",
  "learningRate",
  "schedule",
  "warmup",
  "layerDecay",
  "dropout",
  "weightDecay",
  "averaging",
  "trainingTokens",
  "batchExamples",
  "accumulate",
  "maxDocuments",
  "maxTokens",
  "validateEvery",
  "checkpointEvery",
  "patience",
  "dtype",
  "int8Gate",
  "license",
  "report",
  "resume",
  "skipInvalid",
  "seed",
  "trainingThreads",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type TrainValues = Pick<OptionValues, (typeof TRAIN_OPTIONS)[number]>;

const LINE_MS = 100;

const EXAMPLES = `
A line of data is one of
  {"query": "…", "document": "…", "label": 1}
  {"query": "…", "positive": "…", "negative": "…"}
  {"query": "…", "documents": ["…", …], "labels": [1, 0, …]}   or scores, or ranks
Ctrl-C saves a checkpoint; the same command with --resume goes on from it, bit for bit.

Examples:
  rankwright train --model ./start --data triples.jsonl.gz --loss lce --out ./mine
  rankwright train --model ./start --data a.jsonl:2 --data b.jsonl --hold-out 0.05 --patience 5 --out ./mine
  rankwright train --model ./start --data a.jsonl --hold-out 0.05 --int8-gate --report mine.html --out ./mine
`;

export function trainCommand(io: Io): Command {
  const command = createCommand("train", io)
    .description("Trains a cross-encoder on the processor, without Python, and writes it as a model folder.")
    .action((flags: Flags) => trainModel(flags, io));
  return addOptions(command, TRAIN_OPTIONS).addHelpText("after", EXAMPLES);
}

async function trainModel(flags: Flags, io: Io): Promise<void> {
  const values = checked(await resolveOptions(TRAIN_OPTIONS, flags, io));
  const reportFile = values.report === undefined ? undefined : resolve(io.cwd, values.report);
  if (reportFile !== undefined) await checkWritable(reportFile);
  const { createLoss, train } = await import("../../train/index.js");
  const { checkInt8, approveInt8 } = await import("../../train/int8-gate/index.js");
  const loss = createLoss(values.loss ?? "lce");
  const progress = createProgress(io.stderr);
  try {
    const { data, validation } = await readTrainingData(values, loss, io, progress);
    const options: TrainOptions = {
      ...trainOptions(values, io, progress),
      ...{ data, validation, loss },
    };
    const { out, signal } = options;
    const report = await train(options);
    if (values.dtype === "float16") {
      const { storeWeights } = await import("../../models/safetensors/index.js");
      await storeWeights(out, "F16");
    }
    const int8 =
      values.int8Gate && validation !== undefined
        ? await checkInt8(out, validation, {
            ...{ maxTokens: values.maxTokens, threads: values.trainingThreads, signal },
            onProgress: (done, total) =>
              progress.update({ text: "int8 check: documents scored", done, total }),
          })
        : undefined;
    progress.end();
    for (const warning of report.warnings) io.stderr.write(`rankwright: warning: ${warning}\n`);
    const text = values.json
      ? `${JSON.stringify({ ...report, int8 })}\n`
      : formatTraining(report, { out: values.out, int8 }, widthOf(io.stdout), styleFor(io.stdout, io.env));
    await write(io.stdout, text);
    // What was found is seen even where it cannot be kept.
    const { renderTrainingReport, trainingFacts } = await import("../../train/report/index.js");
    const { renderModelCard, writeModelCard } = await import("../../train/model-card/index.js");
    const facts = await trainingFacts(options, { int8, license: values.license });
    if (!(await writeModelCard(out, renderModelCard(report, facts)))) {
      io.stderr.write(
        `rankwright: warning: ${values.out}/README.md is not of this program, so it was left as it is\n`,
      );
    }
    if (reportFile !== undefined) await writeFile(reportFile, renderTrainingReport(report, facts));
    if (int8 !== undefined) await approveInt8(out, int8);
  } finally {
    progress.end();
  }
}

interface CheckedValues extends TrainValues {
  readonly start: string;
  readonly data: readonly string[];
  readonly out: string;
}

/** @throws RankwrightError WRONG_USAGE for what is missing or does not go together */
function checked(values: TrainValues): CheckedValues {
  const { start, data = [], out, validation, holdOut, int8Gate } = values;
  if (start === undefined) {
    throw wrongUsage("--model is missing; name the folder to start from", { field: "model" });
  }
  if (data.length === 0) throw wrongUsage("--data is missing; name a file of examples", { field: "data" });
  if (out === undefined) {
    throw wrongUsage("--out is missing; name the folder of the trained model", { field: "out" });
  }
  if (validation !== undefined && holdOut !== undefined) {
    throw wrongUsage("--validation and --hold-out both say what to validate on; leave one out", {
      field: "holdOut",
    });
  }
  if (int8Gate && validation === undefined && !holdOut) {
    throw wrongUsage("--int8-gate compares rankings of held-out data; add --validation or --hold-out", {
      field: "int8Gate",
    });
  }
  return { ...values, start, data, out };
}

function trainOptions(values: CheckedValues, io: Io, progress: Progress) {
  const { weightDecay, averaging, trainingTokens: batchTokens, batchExamples, maxDocuments } = values;
  const { epochs, maxSteps, learningRate, schedule, warmup, layerDecay, dropout, accumulate } = values;
  const { maxTokens, validateEvery, checkpointEvery, patience, resume, seed = 1 } = values;
  let shown = Number.NEGATIVE_INFINITY;
  const columns = io.stderr.isTTY ? widthOf(io.stderr) - 1 : Number.POSITIVE_INFINITY;
  return {
    model: resolve(io.cwd, values.start),
    out: resolve(io.cwd, values.out),
    ...{ epochs, maxSteps, learningRate, schedule, warmup, layerDecay, dropout, accumulate },
    ...{ maxTokens, validateEvery, checkpointEvery, patience, resume, seed, threads: values.trainingThreads },
    optimizer: {
      ...(weightDecay !== undefined && { weightDecay }),
      ...(averaging !== undefined && { averaging }),
    },
    loader: { batchTokens, batchExamples, maxDocuments },
    signal: io.signal,
    onProgress: (now) => {
      // Small models make hundreds of updates a second.
      if (performance.now() - shown < LINE_MS) return;
      shown = performance.now();
      progress.update({ text: progressLine(now, columns) });
    },
  } satisfies Partial<TrainOptions>;
}
