import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeError } from "../../files/write-error.js";
import { listFiles } from "../../models/model-folder.js";
import { writeSafetensors } from "../../models/safetensors/index.js";
import { INT8_RECORD } from "../int8-gate/int8-record.js";
import type { Tensors } from "../step/index.js";
import type { TrainableModel } from "./trainable-model.js";

/** Files beside the weights that make a folder a model. */
const COMPANIONS =
  /^(config|tokenizer|tokenizer_config|special_tokens_map)\.json$|^vocab\.txt$|^sentencepiece.*\.model$/;

/**
 * Writes a trained model as an ordinary folder in Hugging Face layout: config and tokenizer as they were, and
 * the weights with their new numbers. What an int8 check said of older weights there is removed.
 *
 * @throws RankwrightError DISK_FULL, WRITE_FAILED
 */
export async function saveModel(
  folder: string,
  model: Pick<TrainableModel, "folder" | "tensors">,
  weights: Tensors,
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const file of (await listFiles(model.folder)).filter((name) => COMPANIONS.test(name))) {
      await copyFile(join(model.folder, file), join(folder, file));
    }
    await rm(join(folder, INT8_RECORD), { force: true });
  } catch (cause) {
    throw writeError(folder, cause, "out");
  }
  const tensors = [...model.tensors].map(([name, { shape, data }]) => ({
    name,
    shape,
    data: weights.get(name) ?? data,
  }));
  await writeSafetensors(join(folder, "model.safetensors"), tensors, { format: "pt" });
}
