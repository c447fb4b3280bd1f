import { resolve } from "node:path";
import { checkWritable } from "../../files/check-writable.js";
import type { TrainingOptions } from "../../train/index.js";
import type { ValidationWords } from "../../train/report/validation-words.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import type { Progress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";
import { progressLine } from "./progress-line.js";

/** Options of every training, in the order of the help; what it learns and from what comes in between. */
export const START_OPTIONS = ["start", "architecture", "tokenizer", "vocabularySize", "data"] as const;
export const LENGTH_OPTIONS = ["holdOut", "epochs", "maxSteps"] as const;
export const OPTIMIZER_OPTIONS = [
  ...(["schedule", "warmup", "layerDecay", "dropout", "weightDecay", "averaging"] as const),
  ...(["trainingTokens", "batchExamples", "accumulate"] as const),
] as const;
export const PACE_OPTIONS = ["validateEvery", "checkpointEvery", "patience", "dtype"] as const;
export const FURTHER_OPTIONS = [
  ...(["license", "report", "resume", "skipInvalid", "seed", "trainingThreads"] as const),
  ...(["json", "config", "debug"] as const),
] as const;

type CommonName =
  | (typeof START_OPTIONS)[number]
  | (typeof LENGTH_OPTIONS)[number]
  | (typeof OPTIMIZER_OPTIONS)[number]
  | (typeof PACE_OPTIONS)[number]
  | (typeof FURTHER_OPTIONS)[number]
  | "out";
/** What may be set of every training. */
export type CommonValues = Pick<OptionValues, CommonName & OptionName>;

/** What must be. */
export interface NeededValues {
  readonly data: readonly string[];
  readonly out: string;
}

/** Seed of trainings from the command line, so that they can be repeated. */
export const SEED = 1;
const LINE_MS = 100;

/** @throws RankwrightError WRONG_USAGE for what is missing or does not go together */
export function checkTraining<Values extends CommonValues>(
  values: Values,
  validation: readonly string[] | undefined,
): Values & NeededValues {
  const { start, architecture, tokenizer, vocabularySize, data = [], out, holdOut } = values;
  if (start === undefined && architecture === undefined) {
    const message =
      "--model is missing; name the folder to start from, or an --architecture to start from scratch";
    throw wrongUsage(message, { field: "model" });
  }
  if (start !== undefined && architecture !== undefined) {
    throw wrongUsage("--model and --architecture both say what to start from; leave one out", {
      field: "architecture",
    });
  }
  if (architecture === undefined && (tokenizer !== undefined || vocabularySize !== undefined)) {
    const flag = tokenizer === undefined ? "--vocabulary-size" : "--tokenizer";
    throw wrongUsage(`${flag} is about --architecture; --model has a tokenizer of its own`, {
      field: "tokenizer",
    });
  }
  if (tokenizer !== undefined && vocabularySize !== undefined) {
    throw wrongUsage("--tokenizer has a vocabulary, and --vocabulary-size wants another; leave one out", {
      field: "vocabularySize",
    });
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
  return { ...values, data, out };
}

/** Where the report goes. @throws RankwrightError WRITE_FAILED where it cannot, before the work is done */
export async function reportPath({ report }: CommonValues, { cwd }: Io): Promise<string | undefined> {
  if (report === undefined) return undefined;
  const path = resolve(cwd, report);
  await checkWritable(path);
  return path;
}

/** Options of the library for what every training takes, with a progress line. */
export function trainingOptions(
  values: CommonValues & NeededValues,
  words: ValidationWords,
  io: Io,
  progress: Progress,
) {
  const { weightDecay, averaging, trainingTokens: batchTokens, batchExamples } = values;
  const { epochs, maxSteps, schedule, warmup, layerDecay, dropout, accumulate } = values;
  const { validateEvery, checkpointEvery, patience, resume, seed = SEED } = values;
  let shown = Number.NEGATIVE_INFINITY;
  const columns = io.stderr.isTTY ? widthOf(io.stderr) - 1 : Number.POSITIVE_INFINITY;
  return {
    out: resolve(io.cwd, values.out),
    ...{ epochs, maxSteps, schedule, warmup, layerDecay, dropout, accumulate },
    ...{ validateEvery, checkpointEvery, patience, resume, seed, threads: values.trainingThreads },
    optimizer: {
      ...(weightDecay !== undefined && { weightDecay }),
      ...(averaging !== undefined && { averaging }),
    },
    loader: { batchTokens, batchExamples },
    signal: io.signal,
    onProgress: (now) => {
      // Small models make hundreds of updates a second.
      if (performance.now() - shown < LINE_MS) return;
      shown = performance.now();
      progress.update({ text: progressLine(now, columns, words) });
    },
  } satisfies Partial<TrainingOptions> & Record<string, unknown>;
}
