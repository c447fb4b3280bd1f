import { writeFile } from "../../files/write-file.js";
import type { PretrainOptions, TrainOptions, TrainReport } from "../../train/index.js";
import type { Int8Report } from "../../train/int8-gate/int8-report.js";
import { VALIDATION } from "../../train/report/validation-words.js";
import { type Io, widthOf } from "../io.js";
import { styleFor } from "../terminal/style.js";
import { write } from "../write.js";
import { formatTraining } from "./format-training.js";
import type { CommonValues, NeededValues } from "./training-flags.js";

export interface FinishedTraining {
  readonly report: TrainReport;
  readonly options: TrainOptions | PretrainOptions;
  readonly values: CommonValues & NeededValues;
  /** See `Start`. */
  readonly architecture: string | undefined;
  readonly int8?: Int8Report | undefined;
  /** Where the report goes, if anywhere. */
  readonly reportFile: string | undefined;
}

/** Stores the weights of a finished training as they were asked for. */
export async function storeAsAsked({ dtype }: CommonValues, out: string): Promise<void> {
  if (dtype !== "float16") return;
  const { storeWeights } = await import("../../models/safetensors/index.js");
  await storeWeights(out, "F16");
}

/** Prints what came of a training, and writes its model card and its report. */
export async function finishTraining(training: FinishedTraining, io: Io): Promise<void> {
  const { report, options, values, architecture, int8, reportFile } = training;
  for (const warning of report.warnings) io.stderr.write(`rankwright: warning: ${warning}\n`);
  const task = "loss" in options ? "ranking" : "pretraining";
  const text = values.json
    ? `${JSON.stringify({ ...report, int8 })}\n`
    : formatTraining(
        report,
        { out: values.out, int8, words: VALIDATION[task] },
        widthOf(io.stdout),
        styleFor(io.stdout, io.env),
      );
  // What was found is seen even where it cannot be kept.
  await write(io.stdout, text);
  const { renderTrainingReport, trainingFacts } = await import("../../train/report/index.js");
  const { renderModelCard, writeModelCard } = await import("../../train/model-card/index.js");
  const facts = await trainingFacts(options, { int8, license: values.license, architecture });
  if (!(await writeModelCard(options.out, renderModelCard(report, facts)))) {
    io.stderr.write(
      `rankwright: warning: ${values.out}/README.md is not of this program, so it was left as it is\n`,
    );
  }
  if (reportFile !== undefined) await writeFile(reportFile, renderTrainingReport(report, facts));
}
