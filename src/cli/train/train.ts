import type { Command } from "commander";
import type { TrainOptions } from "../../train/index.js";
import { VALIDATION } from "../../train/report/validation-words.js";
import { addOptions, createCommand } from "../command.js";
import type { Io } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";
import { finishTraining, storeAsAsked } from "./finish-training.js";
import { openStart } from "./start.js";
import { readTrainingData } from "./training-data.js";
import {
  checkTraining,
  FURTHER_OPTIONS,
  LENGTH_OPTIONS,
  type NeededValues,
  OPTIMIZER_OPTIONS,
  PACE_OPTIONS,
  reportPath,
  START_OPTIONS,
  trainingOptions,
} from "./training-flags.js";

const TRAIN_OPTIONS = [
  ...START_OPTIONS,
  ...(["loss", "out", "validation"] as const),
  ...LENGTH_OPTIONS,
  "learningRate",
  ...OPTIMIZER_OPTIONS,
  ...(["maxDocuments", "maxTokens"] as const),
  ...PACE_OPTIONS,
  "int8Gate",
  ...FURTHER_OPTIONS,
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
  rankwright train --model ./start --data a.jsonl --hold-out 0.05 --int8-gate --report mine.html --out ./mine
  rankwright train --architecture tiny.json --vocabulary-size 16000 --data pairs.jsonl --out ./mine
`;

export function trainCommand(io: Io): Command {
  const command = createCommand("train", io)
    .description("Trains a cross-encoder on the processor, without Python, and writes it as a model folder.")
    .action((flags: Flags) => trainModel(flags, io));
  return addOptions(command, TRAIN_OPTIONS).addHelpText("after", EXAMPLES);
}

async function trainModel(flags: Flags, io: Io): Promise<void> {
  const values = checked(await resolveOptions(TRAIN_OPTIONS, flags, io));
  const reportFile = await reportPath(values, io);
  const { createLoss, train } = await import("../../train/index.js");
  const { checkInt8, approveInt8 } = await import("../../train/int8-gate/index.js");
  const loss = createLoss(values.loss ?? "lce");
  const start = await openStart(values, io);
  const progress = createProgress(io.stderr);
  try {
    const { data, validation } = await readTrainingData(values, { loss }, io, progress);
    const common = trainingOptions(values, VALIDATION.ranking, io, progress);
    const { learningRate, maxTokens, maxDocuments } = values;
    const options: TrainOptions = {
      ...common,
      ...{ data, validation, loss, learningRate, maxTokens },
      loader: { ...common.loader, maxDocuments },
      model: await start.folder("ranking", data, progress),
    };
    const { out, signal } = options;
    const report = await train(options);
    await storeAsAsked(values, out);
    const int8 =
      values.int8Gate && validation !== undefined
        ? await checkInt8(out, validation, {
            ...{ maxTokens, threads: values.trainingThreads, signal },
            onProgress: (done, total) =>
              progress.update({ text: "int8 check: documents scored", done, total }),
          })
        : undefined;
    progress.end();
    const { architecture } = start;
    await finishTraining({ report, options, values, architecture, int8, reportFile }, io);
    if (int8 !== undefined) await approveInt8(out, int8);
  } finally {
    progress.end();
  }
}

/** @throws RankwrightError WRONG_USAGE for what is missing or does not go together */
function checked(values: TrainValues): TrainValues & NeededValues {
  const { validation, holdOut, int8Gate } = values;
  const needed = checkTraining(values, validation);
  if (int8Gate && validation === undefined && !holdOut) {
    throw wrongUsage("--int8-gate compares rankings of held-out data; add --validation or --hold-out", {
      field: "int8Gate",
    });
  }
  return needed;
}
