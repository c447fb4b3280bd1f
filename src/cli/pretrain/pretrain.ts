import type { Command } from "commander";
import type { PretrainOptions } from "../../train/index.js";
import { VALIDATION } from "../../train/report/validation-words.js";
import { addOptions, createCommand } from "../command.js";
import type { Io } from "../io.js";
import type { OptionName } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress } from "../terminal/progress.js";
import { finishTraining, storeAsAsked } from "../train/finish-training.js";
import { openStart } from "../train/start.js";
import { readTrainingData } from "../train/training-data.js";
import {
  checkTraining,
  FURTHER_OPTIONS,
  LENGTH_OPTIONS,
  OPTIMIZER_OPTIONS,
  PACE_OPTIONS,
  reportPath,
  START_OPTIONS,
  trainingOptions,
} from "../train/training-flags.js";

const PRETRAIN_OPTIONS = [
  ...START_OPTIONS,
  ...(["out", "heldOutTexts"] as const),
  ...LENGTH_OPTIONS,
  "pretrainingRate",
  ...OPTIMIZER_OPTIONS,
  ...(["maskShare", "wholeWords", "pairs", "pretrainingTokens"] as const),
  ...PACE_OPTIONS,
  ...FURTHER_OPTIONS,
] as const satisfies readonly OptionName[];

const EXAMPLES = `
The texts are those of any line that rankwright train reads, and of lines without a query:
  {"text": "…"}
  {"title": "…", "text": "…"}
Ctrl-C saves a checkpoint; the same command with --resume goes on from it, bit for bit.

Examples:
  rankwright pretrain --model ./start --data texts.jsonl.gz --hold-out 0.01 --out ./encoder
  rankwright pretrain --architecture tiny.json --vocabulary-size 16000 --data texts.jsonl.gz --out ./encoder
  rankwright train --model ./encoder --data pairs.jsonl --out ./mine
`;

export function pretrainCommand(io: Io): Command {
  const command = createCommand("pretrain", io)
    .description(
      "Trains an encoder to guess masked words of texts, on the processor and without Python, for `train` to go on from.",
    )
    .action((flags: Flags) => pretrainModel(flags, io));
  return addOptions(command, PRETRAIN_OPTIONS).addHelpText("after", EXAMPLES);
}

async function pretrainModel(flags: Flags, io: Io): Promise<void> {
  const given = await resolveOptions(PRETRAIN_OPTIONS, flags, io);
  const values = checkTraining(given, given.heldOutTexts);
  const reportFile = await reportPath(values, io);
  const { pretrain } = await import("../../train/index.js");
  const start = await openStart(values, io);
  const progress = createProgress(io.stderr);
  try {
    const files = { ...values, validation: values.heldOutTexts };
    const { data, validation } = await readTrainingData(files, { textOnly: true }, io, progress);
    const common = trainingOptions(values, VALIDATION.pretraining, io, progress);
    const { pretrainingRate: learningRate, pretrainingTokens: maxTokens, maskShare: share } = values;
    const { wholeWords, pairs } = values;
    const options: PretrainOptions = {
      ...common,
      ...{ data, validation, learningRate, maxTokens },
      loader: { ...common.loader, share, wholeWords, pairs },
      model: await start.folder("masked", data, progress),
    };
    const report = await pretrain(options);
    await storeAsAsked(values, options.out);
    progress.end();
    const { architecture } = start;
    await finishTraining({ report, options, values, architecture, reportFile }, io);
  } finally {
    progress.end();
  }
}
