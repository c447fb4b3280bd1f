import { resolve } from "node:path";
import type { Command } from "commander";
import type { Dataset, Loss, TrainingSource, TrainProgress } from "../../train/index.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { formatTraining } from "./format-training.js";

const TRAIN_OPTIONS = [
  "model",
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
  "weightDecay",
  "averaging",
  "batchTokens",
  "batchExamples",
  "accumulate",
  "maxDocuments",
  "maxTokens",
  "validateEvery",
  "checkpointEvery",
  "patience",
  "resume",
  "skipInvalid",
  "seed",
  "threads",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type TrainValues = Pick<OptionValues, (typeof TRAIN_OPTIONS)[number]>;

const EXAMPLES = `
A line of data is one of
  {"query": "…", "document": "…", "label": 1}
  {"query": "…", "positive": "…", "negative": "…"}
  {"query": "…", "documents": ["…", …], "labels": [1, 0, …]}   or scores, or ranks
Ctrl-C saves a checkpoint; the same command with --resume goes on from it, bit for bit.

Examples:
  rankwright train --model ./start --data triples.jsonl.gz --loss lce --out ./mine
  rankwright train --model ./start --data a.jsonl:2 --data b.jsonl --hold-out 0.05 --patience 5 --out ./mine
`;

export function trainCommand(io: Io): Command {
  const command = createCommand("train", io)
    .description("Trains a cross-encoder on the processor, without Python, and writes it as a model folder.")
    .action((flags: Flags) => trainModel(flags, io));
  return addOptions(command, TRAIN_OPTIONS).addHelpText("after", EXAMPLES);
}

async function trainModel(flags: Flags, io: Io): Promise<void> {
  const values = await resolveOptions(TRAIN_OPTIONS, flags, io);
  const { model, out, data: files = [] } = values;
  if (model === undefined)
    throw wrongUsage("--model is missing; name the folder to start from", { field: "model" });
  if (files.length === 0) throw wrongUsage("--data is missing; name a file of examples", { field: "data" });
  if (out === undefined)
    throw wrongUsage("--out is missing; name the folder of the trained model", { field: "out" });
  if (values.validation !== undefined && values.holdOut !== undefined) {
    throw wrongUsage("--validation and --hold-out both say what to validate on; leave one out", {
      field: "holdOut",
    });
  }
  const { createLoss, train } = await import("../../train/index.js");
  const loss = createLoss(values.loss ?? "lce");
  const progress = createProgress(io.stderr);
  try {
    const { data, validation } = await readData({ ...values, data: files }, loss, io, progress);
    for (const message of [...data.skipped, ...(validation?.skipped ?? [])]) {
      progress.end();
      io.stderr.write(`rankwright: warning: skipped: ${message}\n`);
    }
    const { weightDecay, averaging, batchTokens, batchExamples, maxDocuments } = values;
    const report = await train({
      ...values,
      model: resolve(io.cwd, model),
      out: resolve(io.cwd, out),
      data,
      validation,
      loss,
      optimizer: {
        ...(weightDecay !== undefined && { weightDecay }),
        ...(averaging !== undefined && { averaging }),
      },
      loader: { batchTokens, batchExamples, maxDocuments },
      signal: io.signal,
      onProgress: (now) => progress.update(describe(now)),
    });
    progress.end();
    const text = values.json
      ? `${JSON.stringify(report)}\n`
      : formatTraining(report, out, widthOf(io.stdout), styleFor(io.stdout, io.env));
    await write(io.stdout, text);
  } finally {
    progress.end();
  }
}

async function readData(
  values: TrainValues & { readonly data: readonly string[] },
  loss: Loss,
  io: Io,
  progress: Progress,
): Promise<{ readonly data: Dataset; readonly validation: Dataset | undefined }> {
  const { openDataset, splitByHash } = await import("../../train/index.js");
  const options = { loss, skipInvalid: values.skipInvalid, signal: io.signal };
  const read = (files: readonly string[]) =>
    openDataset(
      files.map((file) => sourceOf(file, io.cwd)),
      {
        ...options,
        onProgress: (done) => progress.update({ text: "examples read:", done }),
      },
    );
  const data = await read(values.data);
  if (values.validation !== undefined) return { data, validation: await read(values.validation) };
  if (!values.holdOut) return { data, validation: undefined };
  const { train, validation } = splitByHash(data, values.holdOut);
  return { data: train, validation };
}

/** `file.jsonl:2` is read with weight 2. */
function sourceOf(text: string, cwd: string): TrainingSource {
  const [, file = text, weight] = /^(.*):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return { file: resolve(cwd, file), ...(weight !== undefined && { weight: Number(weight) }) };
}

function describe(now: TrainProgress) {
  const { step, done, loss, learningRate, tokensPerSecond, timeLeft, validation } = now;
  const parts = [
    `step ${step}`,
    `${(100 * done).toFixed(1)} %`,
    `loss ${loss.toFixed(4)}`,
    ...(validation === undefined ? [] : [`nDCG@10 ${validation.toFixed(4)}`]),
    `rate ${learningRate.toExponential(1)}`,
    `${Math.round(tokensPerSecond)} tokens/s`,
    `${duration(timeLeft)} left`,
  ];
  return { text: parts.join(" · ") };
}

/** Seconds as `42 s`, `17 min`, `3.2 h`. */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
