import { resolve } from "node:path";
import type { Dataset, OpenDatasetOptions, TrainingSource } from "../../train/index.js";
import type { Io } from "../io.js";
import type { OptionValues } from "../options/options.js";
import type { Progress } from "../terminal/progress.js";

export interface TrainingData {
  readonly data: Dataset;
  readonly validation: Dataset | undefined;
}

export interface DataValues extends Pick<OptionValues, "holdOut" | "skipInvalid"> {
  readonly data: readonly string[];
  readonly validation?: readonly string[] | undefined;
}

/**
 * Reads what is trained on and what is held out, and says which lines were skipped.
 *
 * @param kind what a line must hold
 */
export async function readTrainingData(
  values: DataValues,
  kind: Pick<OpenDatasetOptions, "loss" | "textOnly">,
  io: Io,
  progress: Progress,
): Promise<TrainingData> {
  const { openDataset, splitByHash } = await import("../../train/index.js");
  const read = async (files: readonly string[]) => {
    const dataset = await openDataset(
      files.map((file) => sourceOf(file, io.cwd)),
      {
        ...kind,
        skipInvalid: values.skipInvalid,
        signal: io.signal,
        onProgress: (done) => progress.update({ text: "examples read:", done }),
      },
    );
    for (const message of dataset.skipped) {
      progress.end();
      io.stderr.write(`rankwright: warning: skipped: ${message}\n`);
    }
    return dataset;
  };
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
